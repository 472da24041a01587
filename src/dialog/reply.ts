/**
 * What `step` wants said, by name: the words themselves stay in the content, so that an answer which is kept for the
 * user's next reply is small and says what the content says by then. `message/render.ts` makes LINE messages of it.
 */
export type Reply = {
  /** Which words: `nodes[node]` of messages/ja/<dialog>.yaml. */
  dialog: string;
  node: string;
  /** Earlier answers by node name, for words that depend on one (`by`). */
  answers?: Readonly<Record<string, string>>;
  /** Values for `{placeholders}` in the words. */
  values?: Readonly<Record<string, string>>;
  /** What can be answered: numbered rows in the card, and quick replies. */
  choices?: readonly Choice[];
  /** The question without the card that it came with, which stands just above. */
  alone?: true;
  /** Ways out that every state has (back, menu, help …): quick replies only. */
  ways?: readonly Choice[];
};

export type Choice = {
  /** At most 20 characters (LINE's quick reply). */
  label: string;
  /** A second line in the menu card. */
  hint?: string;
  /** Postback data, at most 300 characters. */
  data: string;
  /** Opens LINE's date and time picker instead; what is picked comes back with the postback. */
  picker?: Picker;
};

/** Bounds in LINE's form for the mode: `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm`, Japan's time. */
export type Picker = { mode: 'date' | 'datetime'; initial: string; min: string; max: string };
