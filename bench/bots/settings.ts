/** What every bot of the bench is told, by the names this project uses. Loopback only, values of this run. */
export function readSettings() {
  const { PORT, REDIS_URL, LINE_CHANNEL_SECRET, LINE_CHANNEL_ACCESS_TOKEN, LINE_API_BASE_URL } =
    process.env;
  if (
    !PORT ||
    !REDIS_URL ||
    !LINE_CHANNEL_SECRET ||
    !LINE_CHANNEL_ACCESS_TOKEN ||
    !LINE_API_BASE_URL
  )
    throw new Error('This bot is started by `npm run bench`, which sets its environment.');
  return {
    port: Number(PORT),
    redisUrl: REDIS_URL,
    channelSecret: LINE_CHANNEL_SECRET,
    channelAccessToken: LINE_CHANNEL_ACCESS_TOKEN,
    lineUrl: LINE_API_BASE_URL,
  };
}
