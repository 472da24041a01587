import type { Router } from 'express';
import { z } from 'zod';
import type { Chats } from './chats.ts';
import type { MovableClock } from './clock.ts';
import { createEndpoints } from './endpoints.ts';
import { readMemory } from './memory.ts';
import type { Recorder } from './recorder.ts';
import type { Replay } from './replay.ts';
import { turn, type Switches } from './switches.ts';
import type { Travel } from './travel.ts';
import type { Lab } from './wire.ts';

export type LabDeps = {
  clock: MovableClock;
  chats: Chats;
  inspect: (userId: string) => unknown;
  /** A topic's name for readers. */
  titleOf: (topic: string) => string;
  travel: Travel;
  switches: Switches;
  recorder: Recorder;
  replay: Replay;
};

const farthestMs = 400 * 24 * 60 * 60_000;
const shapes = {
  travel: z.strictObject({ toMs: z.int() }),
  replay: z.strictObject({ script: z.string().max(500_000) }),
};

/** The page's endpoints around a chat: the clock, the reminders, what goes wrong at LINE, saving and playing again. */
export function createLab(deps: LabDeps): Router {
  const { clock, chats, inspect, titleOf, travel, switches, recorder, replay } = deps;
  const { router, getOf, post } = createEndpoints(chats, '2mb');

  getOf('/lab', async ({ userId }): Promise<Lab> => {
    const { reminders } = readMemory(await inspect(userId));
    return {
      reminders: reminders.map(({ id, dueMs, topic }) => ({
        id,
        dueMs,
        title: topic === undefined ? 'お知らせ' : titleOf(topic),
      })),
      switches: switches.state(),
    };
  });

  getOf('/script', ({ userId }) => recorder.textOf(userId));

  post('/travel', shapes.travel, async ({ toMs }) => {
    const nowMs = clock.now();
    if (toMs <= nowMs) return { refusal: '時計は先にだけ進められます。' };
    if (toMs - nowMs > farthestMs) return { refusal: '一度に進められるのは400日までです。' };
    return (await travel.to(toMs))
      ? { nowMs: clock.now() }
      : { refusal: 'ボットの返事が終わらないため、途中で止めました。少し待ってからもう一度。' };
  });

  post('/replay', shapes.replay, ({ script }) => replay.start(script));

  post('/switch', turn, (input) => {
    const result = switches.turn(input);
    chats.tell({ type: 'activity' });
    return result;
  });

  return router;
}
