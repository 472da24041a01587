import { type Document, type LineCounter, type YAMLError, isScalar, visit } from 'yaml';

/** A slip in the way a file is written, in words for its editor. `line` is 1-based. */
export type YamlFault = { line: number; what: string; remedy: string };

type Words = Omit<YamlFault, 'line'>;

const WRONG = 'YAML の書き方に誤りがあります。';
const QUOTED = "文全体を '…' で囲みます";
const COLON: Words = {
  what: '「: 」の後が、新しい項目のように読まれます。',
  remedy: `文の中に「: 」があるときは、${QUOTED}。ないときは、次の行の字下げをそろえてください。`,
};
const BRACKET: Words = {
  what: '[ ] か { } が閉じていないか、中の書き方が崩れています。',
  remedy: '閉じる ] や } と、間の「,」をご確認ください。',
};
const QUOTE: Words = {
  what: '引用符（\' か "）が閉じていません。',
  remedy: `文の終わりを、始めと同じ引用符で閉じてください。文の中の ' は '' と二つ重ねます。`,
};
const CUT: Words = {
  what: '「 #」から後ろは覚え書きとみなされ、文に入りません。',
  remedy: `文の一部なら、${QUOTED}。覚え書きなら、前の行に移してください。`,
};
const GOES_ON: Words = {
  what: '文が次の行へ続いていて、空白でつながれた一つの文になります。',
  remedy:
    '一つの文なら、一行に書きます。一行に一つずつの例文なら、名前の後を「: |」にします。一覧なら、どの行の頭にも半角の「-」と空白を書きます。',
};
const NO_NAME: Words = {
  what: '「名前: 内容」の形になっていない行があります。',
  remedy:
    '名前の後に、半角の「:」と空白を書いてください（全角の「：」や、後に空白のない「:」では区切れません）。',
};
const SIGN: Words = {
  what: '文を始められない記号（@、`、% など）で始まっています。',
  remedy: `記号で始まる文は、${QUOTED}。`,
};
const INDENT: Words = {
  what: '字下げがそろっていません。',
  remedy: '同じ段の項目は、行の頭の空白を同じ数にしてください。',
};
const TAB: Words = {
  what: '字下げにタブが使われています。',
  remedy: '行の頭のタブを、半角の空白に直してください。',
};
const FULL_WIDTH: Words = {
  what: '字下げに全角の空白が使われています。',
  remedy: '行の頭の全角の空白を、半角の空白に直してください。',
};
const DASH: Words = {
  what: '一覧の行の始まりが「- 」になっていません。',
  remedy:
    '行の頭に、半角の「-」と空白を書いてください（全角の「－」や、後に空白のない「-」では始められません）。',
};
const OTHER: Words = {
  what: '',
  remedy: '字下げ（半角スペース）、コロンの後の空白、引用符の閉じ忘れをご確認ください。',
};

/** By the codes of the yaml library. https://eemeli.org/yaml/#errors */
const FAULTS: Partial<Record<YAMLError['code'], Words>> = {
  BLOCK_AS_IMPLICIT_KEY: COLON,
  BLOCK_IN_FLOW: {
    what: '{ } や [ ] の中の「: 」や「,」の書き方が崩れています。',
    remedy: `項目の間に「,」を書いてください。文の中に「: 」や「,」があるときは、${QUOTED}。`,
  },
  MULTILINE_IMPLICIT_KEY: NO_NAME,
  TAB_AS_INDENT: TAB,
  DUPLICATE_KEY: {
    what: '同じ名前の項目が、同じところに二度あります。',
    remedy: '片方を消すか、二つをまとめるか、名前を変えてください。',
  },
  BAD_INDENT: INDENT,
  BAD_SCALAR_START: SIGN,
  BAD_DQ_ESCAPE: {
    what: '"…" の中の「\\」が読めません。',
    remedy: '"…" の代わりに \'…\' で囲んでください（その中では「\\」もただの文字です）。',
  },
  UNEXPECTED_TOKEN: {
    what: '項目の内容が終わった後に、まだ文字が続いています。',
    remedy: `「{」「[」や引用符で始まる文は、${QUOTED}（中の ' は '' と二つ重ねます）。この行より前の引用符や括弧の閉じ忘れもご確認ください。`,
  },
  MULTIPLE_DOCS: {
    what: 'ファイルが「---」の行で二つに分かれています。',
    remedy: '「---」の行を消してください。',
  },
};

/** Told of a line that does not begin where it should. */
const ASTRAY: ReadonlySet<Words> = new Set([INDENT, TAB, FULL_WIDTH, DASH]);

type Fault = Pick<YAMLError, 'code' | 'message' | 'pos'>;

/**
 * What is wrong with the file, once a line: one slip often makes the library stumble several times. Behind a line that
 * begins where it should not, all others seem to.
 */
export function yamlFaults(
  text: string,
  document: Document.Parsed,
  lines: LineCounter,
): YamlFault[] {
  const found = new Map<number, YamlFault>();
  let astray = false;
  for (const error of namelessTop(document) ?? document.errors) {
    const known = wordsFor(error);
    const at = known === QUOTE ? openedAt(document, error.pos[0]) : error.pos[0];
    const { line } = lines.linePos(at);
    const words = wordsByStart(text.slice(lines.lineStarts[line - 1]), known) ?? known;
    if (found.has(line) || (astray && words === INDENT)) continue;
    astray ||= ASTRAY.has(words);
    found.set(line, { line, what: WRONG + words.what, remedy: words.remedy });
  }
  if (found.size > 0) return [...found.values()];
  return unmeant(text, document, lines);
}

/**
 * What is right for YAML, and not what its editor means: a text without quotes that ends at a ` #`, half a sentence for a
 * user, or goes on in the next line, as examples and lists do that lack their sign.
 */
function unmeant(text: string, document: Document.Parsed, lines: LineCounter): YamlFault[] {
  const found: YamlFault[] = [];
  visit(document, {
    Scalar(_key, { type, source, comment, range }) {
      if (type !== 'PLAIN' || !source || !range) return;
      const [start, end] = range;
      if (text.slice(start, end).includes('\n'))
        found.push({ line: lines.linePos(start).line, ...GOES_ON });
      else if (typeof comment === 'string') found.push({ line: lines.linePos(end).line, ...CUT });
    },
  });
  return found;
}

/** A first line that gives nothing a name makes a text of the file, and the library stumbles over all that follows. */
function namelessTop({ contents, errors }: Document.Parsed): Fault[] | undefined {
  if (!isScalar(contents) || contents.type !== 'PLAIN' || errors.length === 0) return undefined;
  const [start, end] = contents.range;
  return [{ code: 'MULTILINE_IMPLICIT_KEY', message: '', pos: [start, end] }];
}

/** What a line begins with says more than where the library gave up. */
function wordsByStart(line: string, known: Words): Words | undefined {
  if (known !== COLON && known !== NO_NAME && known !== INDENT) return undefined;
  if (/^[ \t]*\u3000/.test(line)) return FULL_WIDTH;
  return /^ *(?:-[^\s-]|[－ー―–—−])/.test(line) ? DASH : undefined;
}

/** Some codes of the library mean several things; its message tells them apart. */
function wordsFor({ code, message }: Fault): Words {
  if (code === 'MISSING_CHAR' && message.startsWith('Tags')) return SIGN;
  if (code === 'MISSING_CHAR' && message.startsWith('Implicit')) return NO_NAME;
  if (code === 'MISSING_CHAR') return message.includes('quote') ? QUOTE : BRACKET;
  if (code === 'BAD_INDENT' && message.startsWith('Flow')) return BRACKET;
  return FAULTS[code] ?? OTHER;
}

/** Where the text begins that a quote should have closed: the library names the place at which it gave up. */
function openedAt(document: Document.Parsed, end: number): number {
  let start = end;
  visit(document, {
    Scalar(_key, node) {
      if (!isScalar(node) || !node.range || !node.type?.startsWith('QUOTE')) return;
      const [from, to] = node.range;
      if (from <= end && to >= end - 1) start = from;
    },
  });
  return start;
}
