import type { messagingApi } from '@line/bot-sdk';
import { z } from 'zod';
import { type Action, COMMANDS, encode } from '../dialog/postback.ts';

/** Two rows of three; LINE's usual full size. https://developers.line.biz/en/reference/messaging-api/#rich-menu-object */
const WIDTH = 2500;
const HEIGHT = 1686;
const COLUMNS = 3;
const ROWS = 2;

export const ICONS = [
  'phone',
  'chat',
  'parcel',
  'return',
  'language',
  'bell',
  'question',
  'menu',
] as const;

const id = z.string().regex(/^[a-z0-9-]{1,40}$/, '名前は英小文字・数字・ハイフンで書きます');
/** Five letters of the drawn size fill a tile. */
const line = z.string().trim().min(1).max(5);

const tile = z
  .strictObject({
    words: z.array(line).min(1).max(2),
    icon: z.enum(ICONS),
    strong: z.boolean().default(false),
    topic: id.optional(),
    answer: z
      .string()
      .regex(/^[a-z0-9-]{1,40}\.[a-z0-9-]{1,40}$/, '「質問.答え」の形で書きます')
      .optional(),
    command: z.enum(COMMANDS).optional(),
  })
  .refine(({ topic, command }) => (topic === undefined) !== (command === undefined), {
    error: 'topic か command の、どちらか一つを書きます',
    path: ['topic'],
  })
  .refine(({ topic, answer }) => answer === undefined || topic !== undefined, {
    error: 'answer は topic と一緒に書きます',
    path: ['answer'],
  });

/** messages/ja/rich-menu.yaml: the six large buttons under the chat. */
export const richMenu = z.strictObject({
  bar: z.string().trim().min(1).max(14),
  open: z.boolean(),
  tiles: z.array(tile).length(COLUMNS * ROWS),
});

export type RichMenu = z.infer<typeof richMenu>;
export type RichMenuTile = RichMenu['tiles'][number];
export type RichMenuIcon = (typeof ICONS)[number];

/** LINE's rich menu object, but for the name that whoever publishes it gives. */
export type RichMenuBody = Required<Omit<messagingApi.RichMenuRequest, 'name'>>;

export function richMenuFor(menu: RichMenu): RichMenuBody {
  return {
    size: { width: WIDTH, height: HEIGHT },
    selected: menu.open,
    chatBarText: menu.bar,
    areas: menu.tiles.map((one, index) => {
      const label = one.words.join('');
      return {
        bounds: boundsOf(index),
        action: { type: 'postback', label, data: encode(actionOf(one)), displayText: label },
      };
    }),
  };
}

/** Whole pixels without gaps, whatever the width is divided by. */
function boundsOf(index: number): { x: number; y: number; width: number; height: number } {
  const column = index % COLUMNS;
  const row = Math.floor(index / COLUMNS);
  const x = edge(WIDTH, COLUMNS, column);
  const y = edge(HEIGHT, ROWS, row);
  const width = edge(WIDTH, COLUMNS, column + 1) - x;
  return { x, y, width, height: edge(HEIGHT, ROWS, row + 1) - y };
}

function edge(whole: number, parts: number, part: number): number {
  return Math.round((whole * part) / parts);
}

/** A tile lives for months under every chat: it carries no session, and an answer is taken as one to go on with. */
function actionOf({ topic = '', answer, command }: RichMenuTile): Action {
  if (command !== undefined) return { kind: 'command', command };
  const [node, given] = answer?.split('.') ?? [];
  if (node === undefined || given === undefined) return { kind: 'open', dialog: topic };
  return { kind: 'resume', dialog: topic, node, answer: given };
}
