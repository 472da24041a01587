import type { Config, LineSettings } from '../../config.ts';
import type { RichMenu } from '../../message/rich-menu.ts';
import type { LineAdmin } from '../admin.ts';
import { lookAtAccount, lookAtQuota, lookAtWebhook, lookByYourself } from './account.ts';
import type { Finding } from './finding.ts';
import { lookAtMenu } from './menu.ts';
import { lookAtRedis } from './redis.ts';
import { lookAtNode, lookAtSettings } from './settings.ts';
import { lookAtSqlite } from './sqlite.ts';

/**
 * Looks at everything that a bot needs to be live, and changes nothing. What depends on the token is left out when the
 * token does not work: one fault would be told six times. No secret is in what it says.
 */
export async function examine({
  config,
  admin,
  menu,
  nodeVersion,
}: {
  config: Config & { line: LineSettings };
  admin: LineAdmin;
  /** Undefined when the file has a mistake. */
  menu: RichMenu | undefined;
  nodeVersion: string;
}): Promise<Finding[]> {
  const { redisUrl, sqlitePath } = config;
  const [store, account] = await Promise.all([
    redisUrl === undefined ? lookAtSqlite(sqlitePath) : lookAtRedis(redisUrl),
    lookAtAccount(admin),
  ]);
  const line = account.usable
    ? await Promise.all([lookAtWebhook(admin), lookAtQuota(admin), lookAtMenu(admin, menu)])
    : [];
  return [
    lookAtNode(nodeVersion),
    ...lookAtSettings(config),
    ...store,
    ...account.findings,
    ...line.flat(),
    ...lookByYourself(),
  ];
}
