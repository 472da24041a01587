/** One line of the doctor's report. `check`: may be all right, and only a person can tell or decide. */
export type Finding = {
  /** Stays the same across versions, for scripts. */
  id: string;
  title: string;
  state: 'ok' | 'check' | 'problem';
  says: string;
  /** What to do; absent when all is well. */
  remedy?: string;
};

export function ok(id: string, title: string, says: string): Finding {
  return { id, title, state: 'ok', says };
}

export function check(id: string, title: string, says: string, remedy: string): Finding {
  return { id, title, state: 'check', says, remedy };
}

export function problem(id: string, title: string, says: string, remedy: string): Finding {
  return { id, title, state: 'problem', says, remedy };
}
