import { Router } from 'express';
import { z } from 'zod';
import type { Acts } from './acts.ts';
import type { Chats } from './chats.ts';
import type { MovableClock } from './clock.ts';
import { createPost } from './endpoint.ts';
import { userIdForm } from './line/id.ts';
import { readMemory } from './memory.ts';
import type { Recorder } from './recorder.ts';
import type { Replay } from './replay.ts';
import { type Mishap, mishaps, type Switches } from './switches.ts';
import type { Travel } from './travel.ts';

export type LabDeps = {
  clock: MovableClock;
  chats: Chats;
  acts: Acts;
  inspect: (userId: string) => unknown;
  /** A topic's name for readers. */
  titleOf: (topic: string) => string;
  travel: Travel;
  switches: Switches;
  recorder: Recorder;
  replay: Replay;
};

const farthestMs = 400 * 24 * 60 * 60_000;
const userId = z.string().regex(userIdForm);
const shapes = {
  travel: z.strictObject({ toMs: z.int() }),
  replay: z.strictObject({ script: z.string().max(500_000) }),
  switch: z.discriminatedUnion('what', [
    z.strictObject({ what: z.literal('double'), on: z.boolean() }),
    z.strictObject({ what: z.literal('expire-next') }),
    z.strictObject({
      what: z.literal('mishap'),
      mishap: z.enum(Object.keys(mishaps) as [Mishap, ...Mishap[]]),
      times: z.int().min(1).max(1000).optional(),
    }),
    z.strictObject({ what: z.literal('leave'), pushes: z.int().min(0).max(100_000) }),
    z.strictObject({ what: z.literal('redeliver'), userId }),
    z.strictObject({ what: z.literal('follow'), userId }),
    z.strictObject({ what: z.literal('clear') }),
  ]),
};

/** The page's endpoints around a chat: the clock, the reminders, what goes wrong at LINE, saving and playing again. */
export function createLab(deps: LabDeps): Router {
  const { clock, chats, acts, inspect, titleOf, travel, switches, recorder, replay } = deps;
  const lab = Router();
  const post = createPost(lab, '2mb');

  lab.get('/lab/:userId', async (request, response) => {
    const { userId: user } = request.params;
    if (!chats.get(user)) {
      response.sendStatus(404);
      return;
    }
    const { reminders } = readMemory(await inspect(user));
    response.json({
      reminders: reminders.map(({ id, dueMs, topic }) => ({
        id,
        dueMs,
        title: topic === undefined ? 'お知らせ' : titleOf(topic),
      })),
      switches: switches.state(),
    });
  });

  lab.get('/script/:userId', (request, response) => {
    const chat = chats.get(request.params.userId);
    if (chat) response.type('text/plain').send(recorder.textOf(chat.userId));
    else response.sendStatus(404);
  });

  post('/travel', shapes.travel, async ({ toMs }) => {
    const nowMs = clock.now();
    if (toMs <= nowMs) return { refusal: '時計は先にだけ進められます。' };
    if (toMs - nowMs > farthestMs) return { refusal: '一度に進められるのは400日までです。' };
    return (await travel.to(toMs))
      ? { nowMs: clock.now() }
      : { refusal: 'ボットの返事が終わらないため、途中で止めました。少し待ってからもう一度。' };
  });

  post('/replay', shapes.replay, ({ script }) => replay.start(script));

  post('/switch', shapes.switch, (input) => {
    const result = set(input);
    chats.tell({ type: 'activity' });
    return result;
  });

  function set(input: z.infer<typeof shapes.switch>): object | undefined {
    switch (input.what) {
      case 'double':
        switches.double(input.on);
        recorder.remark(
          input.on
            ? 'ここから、同じイベントが二度届く'
            : 'ここから、イベントはふつうに一度だけ届く',
        );
        return {};
      case 'expire-next':
        switches.expireNext();
        recorder.remark('次の返信トークンは、使う前に切れる');
        return {};
      case 'mishap':
        switches.add(input.mishap, input.times);
        recorder.remark(`ここから、LINEの不調（${input.mishap}、${input.times ?? '止めるまで'}）`);
        return {};
      case 'leave':
        switches.leave(input.pushes);
        recorder.remark(`今月のプッシュは、残り${input.pushes}通`);
        return {};
      case 'redeliver':
        recorder.remark('直前のイベントが、もう一度届く', input.userId);
        return switches.redeliver(input.userId);
      case 'follow':
        return acts.follow(input.userId) && {};
      case 'clear':
        switches.clear();
        recorder.remark('ここから、不調なし');
        return {};
      default:
        return input satisfies never;
    }
  }

  return lab;
}
