import { validateSignature } from '@line/bot-sdk';

/** Base64 of 32 bytes, exactly: the decoder itself would skip whatever is not Base64. */
const shape = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Whether LINE signed these raw bytes: `x-line-signature` is the Base64 of HMAC-SHA256 with the channel secret.
 * Several secrets, because reissuing one in the console gives no time of overlap.
 * https://developers.line.biz/en/reference/messaging-api/#signature-validation
 */
export function isSigned(
  body: Buffer,
  channelSecrets: readonly string[],
  signature: string | undefined,
): boolean {
  if (signature === undefined || !shape.test(signature)) return false;
  return channelSecrets.some((secret) => validateSignature(body, secret, signature));
}
