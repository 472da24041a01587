/**
 * What a button means. Its data travels through LINE and comes back at any later time, also from a message that is
 * months old and from anybody who forges it: so it only ever names things, and `decode` believes nothing else.
 */
export type Action =
  | { kind: 'answer'; dialog: string; node: string; answer: string; session: string }
  /** Begins a topic. */
  | { kind: 'open'; dialog: string }
  /** Goes on with an answer of an older conversation, after the user was asked. */
  | { kind: 'resume'; dialog: string; node: string; answer: string }
  /** A reminder of the user's own: show it, drop it, move it to the picked time, or move it whatever the hour. */
  | { kind: 'reminder'; id: string; act: ReminderAct }
  /** How the matter went that a reminder asked about. */
  | { kind: 'outcome'; topic: string; matter: string; outcome: Outcome }
  | { kind: 'command'; command: Command };

const REMINDER_ACTS = ['show', 'withdraw', 'change', 'exact'] as const;
const OUTCOMES = ['done', 'not-yet', 'snooze'] as const;

export type ReminderAct = (typeof REMINDER_ACTS)[number];
export type Outcome = (typeof OUTCOMES)[number];

export const COMMANDS = [
  'menu',
  'back',
  'restart',
  'help',
  'cancel',
  'continue',
  'skip',
  'keep',
  'more',
  'recall',
  'forget',
  'reminders',
] as const;

export type Command = (typeof COMMANDS)[number];

const PART = /^[a-z0-9-]{1,40}$/;

/** Postback data for an action: ASCII, well under LINE's 300 characters. */
export function encode(action: Action): string {
  switch (action.kind) {
    case 'answer':
      return `a=${action.dialog}.${action.node}.${action.answer}&s=${action.session}`;
    case 'open':
      return `o=${action.dialog}`;
    case 'resume':
      return `r=${action.dialog}.${action.node}.${action.answer}`;
    case 'reminder':
      return `m=${action.id}.${action.act}`;
    case 'outcome':
      return `w=${action.topic}.${action.outcome}&s=${action.matter}`;
    case 'command':
      return `c=${action.command}`;
  }
}

/** Undefined when the data is none of ours: forged, cut, or from a version that is long gone. */
export function decode(data: string): Action | undefined {
  if (data.length > 300) return undefined;
  const fields = new URLSearchParams(data);
  const command = COMMANDS.find((known) => known === fields.get('c'));
  if (command) return { kind: 'command', command };
  const open = fields.get('o');
  if (open && PART.test(open)) return { kind: 'open', dialog: open };
  const answer = parts(fields.get('a'));
  const session = fields.get('s');
  if (answer && session && PART.test(session)) return { kind: 'answer', ...answer, session };
  const resume = parts(fields.get('r'));
  if (resume) return { kind: 'resume', ...resume };
  const [reminder, wish] = fields.get('m')?.split('.') ?? [];
  const act = REMINDER_ACTS.find((known) => known === wish);
  if (reminder && act && PART.test(reminder)) return { kind: 'reminder', id: reminder, act };
  const [topic, how] = fields.get('w')?.split('.') ?? [];
  const outcome = OUTCOMES.find((known) => known === how);
  if (topic && outcome && session && PART.test(topic) && PART.test(session)) {
    return { kind: 'outcome', topic, matter: session, outcome };
  }
  return undefined;
}

function parts(text: string | null): { dialog: string; node: string; answer: string } | undefined {
  const [dialog, node, answer, ...rest] = text?.split('.') ?? [];
  if (!dialog || !node || !answer || rest.length > 0) return undefined;
  if (![dialog, node, answer].every((part) => PART.test(part))) return undefined;
  return { dialog, node, answer };
}
