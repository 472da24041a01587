import { z } from 'zod';
import type { RichMenuBody } from '../message/rich-menu.ts';
import { createAsk, type Asked } from './ask.ts';

export type LineAdmin = ReturnType<typeof createLineAdmin>;

const botInfo = z.object({
  basicId: z.string(),
  displayName: z.string(),
  chatMode: z.string().optional(),
});
const webhook = z.object({ endpoint: z.string(), active: z.boolean() });
const webhookTest = z.object({
  success: z.boolean().default(false),
  /** Zero or below when no answer came. */
  statusCode: z.number(),
  reason: z.string(),
});
const quota = z.object({ type: z.string(), value: z.number().optional() });
const consumption = z.object({ totalUsage: z.number() });
const menuId = z.object({ richMenuId: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/) });
const menus = z.object({ richmenus: z.array(menuId.extend({ name: z.string() })) });
const alias = z.object({ richMenuAliasId: z.string(), richMenuId: z.string() });

/** A test of the webhook, as LINE tells it. */
export type WebhookTest = z.infer<typeof webhookTest>;

/**
 * The calls that set an account up; the bot itself needs none of them.
 * https://developers.line.biz/en/reference/messaging-api/
 */
export function createLineAdmin(options: {
  apiBaseUrl: string;
  /** Pictures go to a host of their own. */
  dataApiBaseUrl: string;
  accessToken: string;
  clock: () => number;
  totalTimeoutMs?: number;
}) {
  const { apiBaseUrl, dataApiBaseUrl } = options;
  const { ask, close } = createAsk(options);
  const get = <T>(path: string, schema: z.ZodType<T>): Promise<Asked<T>> =>
    ask({ method: 'GET', url: `${apiBaseUrl}/v2/bot/${path}`, schema });
  const act = (
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    json?: unknown,
  ): Promise<Asked<undefined>> =>
    ask({ method, url: `${apiBaseUrl}/v2/bot/${path}`, json, schema: undefined });
  const imageUrl = (id: string) => `${dataApiBaseUrl}/v2/bot/richmenu/${id}/content`;

  return {
    botInfo: () => get('info', botInfo),
    quota: () => get('message/quota', quota),
    consumption: () => get('message/quota/consumption', consumption),

    /** 404 when none was ever set. */
    webhook: () => get('channel/webhook/endpoint', webhook),
    setWebhook: (endpoint: string) => act('PUT', 'channel/webhook/endpoint', { endpoint }),
    /** LINE sends an empty, signed event to that address, or to the one that is set. 60 an hour. */
    testWebhook: (endpoint?: string): Promise<Asked<WebhookTest>> =>
      ask({
        method: 'POST',
        url: `${apiBaseUrl}/v2/bot/channel/webhook/test`,
        json: endpoint === undefined ? {} : { endpoint },
        schema: webhookTest,
      }),

    richMenus: () => get('richmenu/list', menus),
    validateRichMenu: (menu: RichMenuBody & { name: string }) =>
      act('POST', 'richmenu/validate', menu),
    /** 100 an hour, as deleting. */
    createRichMenu: (menu: RichMenuBody & { name: string }) =>
      ask({
        method: 'POST',
        url: `${apiBaseUrl}/v2/bot/richmenu`,
        json: menu,
        schema: menuId,
      }),
    deleteRichMenu: (id: string) => act('DELETE', `richmenu/${id}`),
    /** Once per menu: LINE replaces no image. */
    uploadRichMenuImage: (id: string, png: Uint8Array) =>
      ask({
        method: 'POST',
        url: imageUrl(id),
        file: { bytes: png, type: 'image/png' },
        schema: undefined,
      }),
    /** 404 when it has none. */
    richMenuImage: (id: string) => ask({ method: 'GET', url: imageUrl(id), schema: undefined }),
    /** 404 when there is none that was set through the API. */
    defaultRichMenu: () => get('user/all/richmenu', menuId),
    setDefaultRichMenu: (id: string) => act('POST', `user/all/richmenu/${id}`),
    /** 404 when there is none of that name. */
    richMenuAlias: (name: string) => get(`richmenu/alias/${name}`, alias),
    createRichMenuAlias: (name: string, id: string) =>
      act('POST', 'richmenu/alias', { richMenuAliasId: name, richMenuId: id }),
    updateRichMenuAlias: (name: string, id: string) =>
      act('POST', `richmenu/alias/${name}`, { richMenuId: id }),

    close,
  };
}

/** What LINE answers for a thing that is not there. */
export function isMissing(answer: Asked<unknown>): boolean {
  return answer.kind === 'rejected' && answer.status === 404;
}
