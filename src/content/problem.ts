/** Something an editor has to mend, in Japanese, with the place. Warnings do not keep the bot from starting. */
export type Problem = {
  severity: 'error' | 'warning';
  /** Path from the project's root. */
  file: string;
  /** 1-based; 0 for the file as a whole. */
  line: number;
  /** What is wrong. */
  what: string;
  /** What to do about it. */
  remedy: string;
};

/** One line for a terminal, in the form that editors turn into a link: `file:line`. */
export function problemLine({ severity, file, line, what, remedy }: Problem): string {
  const mark = severity === 'error' ? '✗' : '△';
  return `${mark} ${file}${line > 0 ? `:${line}` : ''}  ${what}\n    → ${remedy}`;
}

/** The content is not fit to be used. Its message lists every problem, for the editor. */
export class ContentError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    super(
      `コンテンツに ${errors.length} 件の問題があります。\n${errors.map(problemLine).join('\n')}`,
    );
    this.name = 'ContentError';
    this.problems = problems;
  }
}

/** Errors before warnings, then by file and line. */
export function bySeverityAndPlace(a: Problem, b: Problem): number {
  if (a.severity !== b.severity) return a.severity === 'error' ? -1 : 1;
  return a.file.localeCompare(b.file) || a.line - b.line;
}
