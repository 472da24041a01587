import type { messagingApi, webhook } from '@line/bot-sdk';
import { card } from './card.ts';

/** The conversation of the two other bots: a question of four answers, five times, then the end. */
export type ToyState = { session: string; at: number; answers: Record<string, string> };

const QUESTIONS = 5;
const LABELS = ['見つかった', 'どこにもない', 'わからない', 'ほかのこと'];

/** The next state and the reply. A text begins anew, a button answers. */
export function toyStep(
  state: ToyState | undefined,
  event: webhook.Event,
): { state: ToyState; messages: messagingApi.Message[] } {
  const data = event.type === 'postback' ? event.postback.data : '';
  const [question, answer] = new URLSearchParams(data).get('a')?.split('.') ?? [];
  const next: ToyState =
    state && question !== undefined && answer !== undefined
      ? { ...state, at: event.timestamp, answers: { ...state.answers, [question]: answer } }
      : { session: event.webhookEventId.slice(-8), at: event.timestamp, answers: {} };
  const asked = Object.keys(next.answers).length;
  const choices = LABELS.map((label, index) => ({
    label: `${index + 1} ${label}`,
    data: `a=question-${asked}.${index}&s=${next.session}`,
  }));
  const title = `まず、ここを見てみましょう（${asked + 1}）`;
  return { state: next, messages: [card(title, asked < QUESTIONS ? choices : [])] };
}
