import type { Config, LineSettings } from '../config.ts';

/** Shorter ones would black out ordinary words. */
const SHORTEST = 6;

/** Prints with every secret of the settings blacked out: the last line of defence, nothing prints one on purpose. */
export function hideSecrets(
  config: Config & { line: LineSettings },
  print: (text: string) => void,
): (text: string) => void {
  const redis = config.redisUrl === undefined ? undefined : URL.parse(config.redisUrl);
  const secrets = [
    ...config.line.channelSecrets,
    config.line.channelAccessToken,
    config.metricsToken,
    config.redisUrl,
    redis?.password,
    redis ? decodeURIComponent(redis.password) : undefined,
  ].filter((secret) => secret !== undefined && secret.length >= SHORTEST);
  return (text) =>
    print(secrets.reduce<string>((shown, secret) => shown.replaceAll(secret ?? '', '●●●'), text));
}
