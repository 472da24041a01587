import type { messagingApi } from '@line/bot-sdk';
import type { Guard } from '../safety/guard.ts';
import { clip } from './clip.ts';
import { violations } from './limits.ts';

export type Safe = {
  messages: messagingApi.Message[];
  /** What was wrong, for the log: places and rules, never a user's words. Empty when the messages went as they were. */
  problems: string[];
};

/**
 * The send boundary. Messages that LINE would refuse, or that the guard refuses, are replaced by `plain()`: the same
 * content and choices as text. What the guard still refuses there is taken out and replaced by `withheld`; choices that
 * LINE would refuse as buttons are still to be read. No messages are no problem: nothing is sent, as after a block.
 */
export function makeSafe(
  messages: readonly messagingApi.Message[],
  plain: () => readonly messagingApi.TextMessage[],
  guard: Guard,
  withheld: string,
): Safe {
  const problems = messages.length === 0 ? [] : problemsOf(messages, guard);
  if (problems.length === 0) return { messages: [...messages], problems };
  const texts = plain().map((message) => withoutProblems(message, guard, withheld));
  const sound = texts.flatMap((message) => {
    if (isSound(message)) return [message];
    const { quickReply: _quickReply, ...bare } = message;
    const saved = isSound(bare);
    problems.push(`the plain text ${saved ? 'goes without its quick replies' : 'is left out'}`);
    return saved ? [bare] : [];
  });
  return { messages: sound, problems };
}

function isSound(message: messagingApi.TextMessage): boolean {
  return violations([message]).length === 0;
}

function problemsOf(messages: readonly messagingApi.Message[], guard: Guard): string[] {
  return [
    ...violations(messages).map(({ path, rule }) => `${path} ${rule}`),
    ...guard.checkMessages(messages).map(({ path, kind }) => `${path} holds a forbidden ${kind}`),
  ];
}

function withoutProblems(
  message: messagingApi.TextMessage,
  guard: Guard,
  withheld: string,
): messagingApi.TextMessage {
  const { quickReply, ...rest } = message;
  const text = clip(guard.withhold(message.text, withheld), 5000);
  const items = quickReply?.items?.map((item) => ({
    ...item,
    ...(item.action && { action: cleanAction(item.action, guard, withheld) }),
  }));
  return { ...rest, text, ...(items && { quickReply: { items } }) };
}

function cleanAction(
  action: messagingApi.Action,
  guard: Guard,
  withheld: string,
): messagingApi.Action {
  const label = clip(guard.withhold(action.label ?? '', withheld), 20);
  if (action.type !== 'postback') return { ...action, label };
  const displayText = clip(guard.withhold(action.displayText ?? label, withheld), 300);
  return { ...action, label, displayText };
}
