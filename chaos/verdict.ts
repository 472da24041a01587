/** What a scenario found: `failures` are sentences; none means that every promise was kept. */
export type Verdict = {
  scenario: string;
  figures: Readonly<Record<string, number | string>>;
  failures: readonly string[];
};

export type Complaints = ReturnType<typeof createComplaints>;

/** Collects what is wrong, at most `most` sentences of each kind, and says how many more there are. */
export function createComplaints(most = 5) {
  const kinds = new Map<string, string[]>();
  return {
    add(kind: string, detail: string): void {
      kinds.set(kind, [...(kinds.get(kind) ?? []), detail]);
    },
    list(): string[] {
      return [...kinds].map(([kind, details]) => {
        const more = details.length > most ? ` … and ${details.length - most} more` : '';
        return `${kind} (${details.length}): ${details.slice(0, most).join('; ')}${more}`;
      });
    },
  };
}

/** A line for people: figures, then what is wrong. */
export function tell({ scenario, figures, failures }: Verdict): string {
  const numbers = Object.entries(figures)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
  const end = failures.map((failure) => `\n    ✗ ${failure}`).join('');
  return `${failures.length === 0 ? '✓' : '✗'} ${scenario}: ${numbers}${end}`;
}
