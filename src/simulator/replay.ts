import { setTimeout as sleep } from 'node:timers/promises';
import type { Acts } from './acts.ts';
import { type Button, labelOf } from './buttons.ts';
import type { Chats } from './chats.ts';
import { happeningNames } from './deed-of.ts';
import { newUserId } from './line/id.ts';
import { type Deed, readScript, waitForStart } from './transcript.ts';
import type { Travel } from './travel.ts';

/** Between two lines, so that eyes can follow. */
const paceMs = 150;
const mostLines = 500;

type Happens = keyof typeof happeningNames;

export type ReplayDeps = {
  chats: Chats;
  acts: Acts;
  travel: Travel;
  clock: () => number;
  /** What the user can tap, oldest first. */
  buttons: (userId: string) => Button[];
};

export type Replay = {
  /** Plays the user's lines of a conversation in a new chat; goes on in the background. */
  start(script: string): { userId: string; name: string } | { refusal: string };
};

/** Plays a saved conversation again: each line when the bot has answered the one before. */
export function createReplay({ chats, acts, travel, clock, buttons }: ReplayDeps): Replay {
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
    const button = buttons(userId).findLast((one) => labelOf(one) === label);
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
    const names = Object.entries(happeningNames) as [Happens, string][];
    const kind = names.find(([, name]) => name === what)?.[0];
    switch (kind) {
      case undefined:
        return `「(${what})」は、この画面では再生できません。`;
      case 'follow':
        return sent(acts.follow(userId));
      case 'unfollow':
        return sent(acts.block(userId));
      case 'unblock':
        return sent(acts.unblock(userId));
      case 'unsend':
        return sent(acts.unsend(userId));
      default:
        return sent(acts.send(userId, { kind: 'media', media: kind }));
    }
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
