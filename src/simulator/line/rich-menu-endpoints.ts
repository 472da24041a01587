import { z } from 'zod';
import { badRequest, notFound, ok, refuse, type Answer } from './answer.ts';
import { richMenuAction } from './check-action.ts';
import { chars } from './check-base.ts';
import { pngSize } from './png-size.ts';
import type { Endpoint } from './endpoint.ts';

/** Rich menus as LINE keeps them: https://developers.line.biz/en/reference/messaging-api/#rich-menu */

const side = z.int().min(1).max(2_147_483_647);
const from = z.int().min(0).max(2_147_483_647);
const body = z.strictObject({
  size: z
    .strictObject({ width: z.int().min(800).max(2500), height: z.int().min(250) })
    .refine(({ width, height }) => width / height >= 1.45, 'invalid aspect ratio'),
  selected: z.boolean(),
  name: chars(300),
  chatBarText: chars(14),
  areas: z
    .array(
      z.strictObject({
        bounds: z.strictObject({ x: from, y: from, width: side, height: side }),
        action: richMenuAction,
      }),
    )
    .max(20),
});
const aliasBody = z.object({
  richMenuAliasId: z.string().regex(/^[a-z0-9_-]{1,32}$/),
  richMenuId: z.string(),
});

const mostMenus = 1000;
const largestImage = 1024 * 1024;

const validate: Endpoint = (_world, { body: sent }) => faults(sent) ?? ok();

const create: Endpoint = (world, { body: sent }) => {
  const bad = faults(sent);
  if (bad) return bad;
  if (world.richMenus.list().length >= mostMenus)
    return refuse(400, 'The number of rich menus has reached the limit');
  return ok({ richMenuId: world.richMenus.add(body.parse(sent)).id });
};

const list: Endpoint = (world) =>
  ok({ richmenus: world.richMenus.list().map(({ id, menu }) => ({ richMenuId: id, ...menu })) });

const get: Endpoint = (world, { rest }) => {
  const found = world.richMenus.find(rest);
  return found ? ok({ richMenuId: found.id, ...found.menu }) : notFound();
};

const remove: Endpoint = (world, { rest }) => (world.richMenus.remove(rest) ? ok() : notFound());

const upload: Endpoint = (world, { rest, file }) => {
  const found = world.richMenus.find(rest);
  if (!found) return notFound();
  const type = file?.type === 'image/png' || file?.type === 'image/jpeg' ? file.type : undefined;
  if (!file || !type) return refuse(415, 'Unsupported media type');
  if (found.image) return refuse(400, 'An image has already been uploaded to the richmenu');
  if (file.bytes.length > largestImage) return refuse(413, 'Request entity too large');
  const drawn = type === 'image/png' ? pngSize(file.bytes) : undefined;
  const { size } = body.parse(found.menu);
  if (type === 'image/png' && (drawn?.width !== size.width || drawn.height !== size.height))
    return refuse(400, 'The image size does not match the size of the rich menu');
  found.image = { bytes: file.bytes, type };
  return ok();
};

const download: Endpoint = (world, { rest }) => {
  const image = world.richMenus.find(rest)?.image;
  return image
    ? { status: 200, body: image.bytes, headers: { 'content-type': image.type } }
    : notFound();
};

const setDefault: Endpoint = (world, { rest }) => {
  const found = world.richMenus.find(rest);
  if (!found) return notFound();
  if (!found.image) return noImage();
  world.richMenus.setDefault(rest);
  return ok();
};

const getDefault: Endpoint = (world) => {
  const found = world.richMenus.default();
  return found ? ok({ richMenuId: found.id }) : refuse(404, 'no default richmenu');
};

const cancelDefault: Endpoint = (world) => {
  world.richMenus.setDefault(undefined);
  return ok();
};

const createAlias: Endpoint = (world, { body: sent }) => {
  const parsed = aliasBody.safeParse(sent);
  if (!parsed.success) return faultsOf(parsed.error);
  const { richMenuAliasId, richMenuId } = parsed.data;
  if (world.richMenus.aliases.has(richMenuAliasId))
    return refuse(400, 'conflict richmenu alias id');
  return point(world, richMenuAliasId, richMenuId);
};

const updateAlias: Endpoint = (world, { body: sent, rest }) => {
  const parsed = aliasBody.pick({ richMenuId: true }).safeParse(sent);
  if (!parsed.success) return faultsOf(parsed.error);
  if (!world.richMenus.aliases.has(rest)) return refuse(404, 'richmenu alias not found');
  return point(world, rest, parsed.data.richMenuId);
};

const getAlias: Endpoint = (world, { rest }) => {
  const richMenuId = world.richMenus.aliases.get(rest);
  return richMenuId === undefined
    ? refuse(404, 'richmenu alias not found')
    : ok({ richMenuAliasId: rest, richMenuId });
};

const listAliases: Endpoint = (world) =>
  ok({
    aliases: [...world.richMenus.aliases].map(([richMenuAliasId, richMenuId]) => ({
      richMenuAliasId,
      richMenuId,
    })),
  });

const deleteAlias: Endpoint = (world, { rest }) =>
  world.richMenus.aliases.delete(rest) ? ok() : refuse(404, 'richmenu alias not found');

/** By route; a route that ends in `/` takes what follows as its id, and `*` stands for one in the middle. */
export const richMenuEndpoints: Record<string, Endpoint> = {
  'POST /v2/bot/richmenu': create,
  'POST /v2/bot/richmenu/validate': validate,
  'GET /v2/bot/richmenu/list': list,
  'GET /v2/bot/richmenu/': get,
  'DELETE /v2/bot/richmenu/': remove,
  'POST /v2/bot/richmenu/*/content': upload,
  'GET /v2/bot/richmenu/*/content': download,
  'POST /v2/bot/user/all/richmenu/': setDefault,
  'GET /v2/bot/user/all/richmenu': getDefault,
  'DELETE /v2/bot/user/all/richmenu': cancelDefault,
  'POST /v2/bot/richmenu/alias': createAlias,
  'GET /v2/bot/richmenu/alias/list': listAliases,
  'POST /v2/bot/richmenu/alias/': updateAlias,
  'GET /v2/bot/richmenu/alias/': getAlias,
  'DELETE /v2/bot/richmenu/alias/': deleteAlias,
};

function point(world: Parameters<Endpoint>[0], alias: string, id: string): Answer {
  const found = world.richMenus.find(id);
  if (!found) return refuse(400, 'richmenu not found');
  if (!found.image) return noImage();
  world.richMenus.aliases.set(alias, id);
  return ok();
}

const noImage = () => refuse(400, 'must upload richmenu image before applying it to user');

function faults(sent: unknown): Answer | undefined {
  const parsed = body.safeParse(sent);
  return parsed.success ? undefined : faultsOf(parsed.error);
}

function faultsOf(error: z.ZodError): Answer {
  return badRequest(
    error.issues.map(({ message, path }) => ({ message, property: path.map(String).join('/') })),
  );
}
