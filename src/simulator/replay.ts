import { setTimeout as sleep } from 'node:timers/promises';
import type { Acts } from './acts.ts';
import { type Button, buttonsOf, labelOf } from './buttons.ts';
import type { Chats } from './chats.ts';
import { mediaNames } from './deed-of.ts';
import { newUserId } from './line/id.ts';
import type { Happening } from './line/happening.ts';
import { type Deed, readScript, waitForStart } from './transcript.ts';
import type { Travel } from './travel.ts';

/** Between two lines, so that eyes can follow. */
const paceMs = 150;
const mostLines = 500;

type Media = Extract<Happening, { kind: 'media' }>['media'];

export type ReplayDeps = {
  chats: Chats;
  acts: Acts;
  travel: Travel;
  clock: () => number;
  /** Buttons that stand in no message: those of the rich menu. */
  more: () => readonly Button[];
};

export type Replay = {
  /** Plays the user's lines of a conversation in a new chat; goes on in the background. */
  start(script: string): { userId: string; name: string } | { refusal: string };
};

/** Plays a saved conversation again: each line when the bot has answered the one before. */
export function createReplay({ chats, acts, travel, clock, more }: ReplayDeps): Replay {
  let playing = false;
  let count = 0;

  async function play(
    userId: string,
    { script, waitMs }: { script: ReturnType<typeof readScript>; waitMs: number },
  ): Promise<void> {
    if (waitMs > 0) {
      chats.add(userId, 'system', '保存したときと同じ時刻まで、時計を進めます');
      await travel.to(clock() + waitMs);
    }
    for (const { line, deed } of script) {
      const problem = await perform(userId, deed);
      await travel.settled(userId);
      if (problem) {
        chats.add(userId, 'system', `${line}行目で止めました。${problem}`);
        return;
      }
      await sleep(paceMs);
    }
    chats.add(userId, 'system', '再生が終わりました');
  }

  /** Does one line; says in a sentence why it cannot be done. */
  async function perform(userId: string, deed: Deed): Promise<string | undefined> {
    switch (deed.kind) {
      case 'says':
        return sent(acts.send(userId, { kind: 'text', text: deed.text }));
      case 'taps':
        return tap(userId, deed);
      case 'waits':
        return (await travel.to(clock() + deed.ms, deed.down))
          ? undefined
          : 'ボットの返事が終わりません。';
      case 'happens':
        return happen(userId, deed.what);
      default:
        return deed satisfies never;
    }
  }

  async function tap(
    userId: string,
    { label, picked }: Extract<Deed, { kind: 'taps' }>,
  ): Promise<string | undefined> {
    const shown = chats.get(userId)?.entries.list() ?? [];
    const buttons = [...more(), ...shown.flatMap(({ message }) => buttonsOf(message))];
    const button = buttons.findLast((one) => labelOf(one) === label);
    if (!button) return `ボタン「${label}」が、まだ出ていません。`;
    const { type, data = '', displayText, text = '', mode = 'datetime' } = button;
    if (type === 'message') return sent(acts.send(userId, { kind: 'text', text }));
    if (type === 'datetimepicker' && !picked) return `「${label}」で選んだ日時が書いてありません。`;
    return sent(
      acts.tap(userId, {
        data,
        ...(displayText !== undefined && { displayText }),
        ...(picked && { params: { [mode]: picked } }),
      }),
    );
  }

  async function happen(userId: string, what: string): Promise<string | undefined> {
    const media = Object.entries(mediaNames).find(([, name]) => name === what)?.[0] as
      | Media
      | undefined;
    if (media) return sent(acts.send(userId, { kind: 'media', media }));
    if (what === '友だち追加') return sent(acts.follow(userId));
    if (what === 'ブロック') return sent(acts.block(userId));
    if (what === 'ブロック解除') return sent(acts.unblock(userId));
    if (what === '送信取消') return sent(acts.unsend(userId));
    return `「(${what})」は、この画面では再生できません。`;
  }

  return {
    start(text) {
      if (playing) return { refusal: 'いま、ほかの会話を再生しています。' };
      const script = readScript(text);
      if (script.length === 0)
        return { refusal: '「>」で始まる行がありません。保存した会話を貼ってください。' };
      if (script.length > mostLines)
        return { refusal: `長すぎます。「>」の行を${mostLines}までにしてください。` };
      const chat = chats.open(newUserId(), `再生${count + 1}`);
      if (!chat) return { refusal: 'これ以上ユーザーを増やせません。' };
      count += 1;
      playing = true;
      void play(chat.userId, { script, waitMs: waitForStart(text, clock()) })
        .catch(() => chats.add(chat.userId, 'system', '再生を続けられませんでした'))
        .finally(() => (playing = false));
      return { userId: chat.userId, name: chat.name };
    },
  };
}

async function sent(event: Promise<unknown> | undefined): Promise<string | undefined> {
  if (!event) return 'いまは送れません（ブロック中か、対象のメッセージがありません）。';
  await event;
  return undefined;
}
