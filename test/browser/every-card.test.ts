import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeAt } from '../../src/dialog/content.ts';
import { askAt, isQuestion } from '../../src/dialog/question.ts';
import type { Reply } from '../../src/dialog/reply.ts';
import { sayAt } from '../../src/dialog/say.ts';
import { freshState } from '../../src/dialog/state.ts';
import { TEST_DAY_MS, bundle } from '../support/content.ts';
import { cutOff } from '../support/cut-off.ts';
import { openStudio } from '../support/shoot.ts';

const { content, letters } = bundle();
let studio: Awaited<ReturnType<typeof openStudio>>;

beforeAll(async () => {
  studio = await openStudio();
});
afterAll(() => studio.close());

/** Everything that a dialog can say, in each of its variants, as LINE gets it. */
function everyMessage(dialog: string): unknown[] {
  const scene = { content, eventId: 'every-card', nowMs: TEST_DAY_MS, quiet: { from: 22, to: 8 } };
  return Object.entries(content.messages[dialog]?.nodes ?? {}).flatMap(([name, message]) => {
    const variants =
      'by' in message
        ? [...Object.keys(message.cases), 'else'].map((each) => ({ [message.by]: each }))
        : [{}];
    return variants.flatMap((answers): unknown[] => {
      const state = { ...freshState('every-card', TEST_DAY_MS), answers };
      const place = { dialog, node: name };
      const node = nodeAt(content, place);
      const reply: Reply =
        node && isQuestion(node)
          ? askAt(scene, state, { place, node })
          : sayAt(content, state, place, TEST_DAY_MS);
      return JSON.parse(letters.render([reply], TEST_DAY_MS).messages.json) as unknown[];
    });
  });
}

describe('every card there is', () => {
  it.each(Object.keys(content.messages).filter((dialog) => dialog !== 'system'))(
    'can be read to the end of each line on the smallest phone in the largest type: %s',
    async (dialog) => {
      const page = await studio.draw(everyMessage(dialog), { width: 320, scale: 1.45 });
      expect(await cutOff(page)).toEqual([]);
      await page.context().close();
    },
  );
});
