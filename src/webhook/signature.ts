import { createHmac, timingSafeEqual } from 'node:crypto';

/** Base64 of 32 bytes, exactly: the decoder itself would skip whatever is not Base64. */
const shape = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Whether LINE signed these raw bytes: `x-line-signature` is the Base64 of HMAC-SHA256 with the channel secret.
 * Several secrets, because reissuing one in the console gives no time of overlap. The SDK could check it, too, but
 * takes 40 ms to load.
 * https://developers.line.biz/en/reference/messaging-api/#signature-validation
 */
export function isSigned(
  body: Buffer,
  channelSecrets: readonly string[],
  signature: string,
): boolean {
  if (!shape.test(signature)) return false;
  const given = Buffer.from(signature, 'base64');
  return channelSecrets.some((secret) =>
    timingSafeEqual(createHmac('sha256', secret).update(body).digest(), given),
  );
}
