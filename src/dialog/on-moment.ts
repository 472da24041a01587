import { act } from './act.ts';
import { takeMoment } from './answer.ts';
import { HOME, topicOf } from './content.ts';
import { sayWithWayOn } from './moves.ts';
import { type Action, decode, encode } from './postback.ts';
import { questionOf } from './question.ts';
import { changeReminder, setReminder, wishFor } from './reminders.ts';
import type { State } from './state.ts';
import type { Scene, Turn } from './turn.ts';
import { readMoment, tellsNews } from './when.ts';

/** 「やっぱり明日10時」, typed when a reminder has just been shown or set. */
export function moveReminder(scene: Scene, state: State, text: string): Turn | undefined {
  const change = offered(state).find(
    (action) => action?.kind === 'reminder' && action.act === 'change',
  );
  if (change?.kind !== 'reminder' || ONE_MORE.test(text)) return undefined;
  // 「今日届きました」 says when something happened.
  if (tellsNews(text) && !asksToMove(text)) return undefined;
  const reminder = state.reminders?.find(({ id }) => id === change.id);
  if (!reminder) return undefined;
  const dueMs = readMoment(text, scene.nowMs, reminder.dueMs);
  if (dueMs === undefined) return undefined;
  // 「朝は無理」 names the moment that is not meant.
  return changeReminder(scene, state, reminder, REFUSES.test(text) ? undefined : dueMs);
}

const REFUSES = /無理|むり|だめ|ダメ|困る|困ります|都合が/;

/** 「明後日の10時にも教えて」 */
const ONE_MORE = /にも/;

/** 「11時に変えて」 is about the moment, whatever topic its words resemble. */
export function asksToMove(text: string): boolean {
  return /変え|変更|ずらし|にして|^やっぱ/.test(text);
}

/** 「夕方また聞いて」, to a reminder that asks how it went. */
export function snoozeUntil(scene: Scene, state: State, text: string): Turn | undefined {
  const snooze = offered(state).find(
    (action) => action?.kind === 'outcome' && action.outcome === 'snooze',
  );
  if (snooze === undefined || tellsNews(text)) return undefined;
  const dueMs = readMoment(text, scene.nowMs);
  if (dueMs === undefined || dueMs <= scene.nowMs) return undefined;
  const asked = act(scene, state, encode(snooze));
  const question = asked.state ? questionOf(scene.content, asked.state) : undefined;
  if (!asked.state || question?.node.kind !== 'remind') return asked;
  return takeMoment(scene, asked.state, question.place, question.node, dueMs);
}

/** 「明日10時に教えて」, typed in the middle of a topic: a reminder of it; the question stays. */
export function wishedReminder(scene: Scene, state: State, text: string): Turn | undefined {
  const dueMs = WISH.test(text) ? readMoment(text, scene.nowMs) : undefined;
  if (dueMs === undefined || topicOf(state) === HOME) return undefined;
  const wish = wishFor(scene, state, dueMs);
  return 'problem' in wish
    ? sayWithWayOn(scene, state, wish.problem)
    : setReminder(scene, state, wish.dueMs);
}

const TELL_ME =
  '(?:教え|おしえ|知らせ|しらせ|聞い|きい|思い出させ|声を?かけ|リマインドし|お知らせし)て';
/** Not 「10時のお知らせを消して」. */
const WISH = new RegExp(`${TELL_ME}|(?:リマインド|お知らせ)を?(?:ください|お願い)|remind me`, 'i');

const ONLY_A_WISH = new RegExp(
  '^(?:じゃあ|では|なら)?[\\d〇一二三四五六七八九十時分半日月週間後朝昼夕方夜晩前午明今来再翌曜火水木金土あしたすさってきょうの:：/\\s]{2,20}' +
    `(?:ごろ|頃|くらい)?(?:に|にも|は)?(?:また)?${TELL_ME}`,
);

/** Nothing but a moment and the wish to be told then: 「明日届くか教えて」 asks something else. */
export function isOnlyWish(text: string): boolean {
  return ONLY_A_WISH.test(text.normalize('NFKC').trim());
}

/** What the choices stand for that the bot has put in between. */
function offered({ pending }: State): (Action | undefined)[] {
  return pending?.choices.map(({ data }) => decode(data)) ?? [];
}
