import type { z } from 'zod';
import { didYouMean } from './did-you-mean.ts';

/** Types as a schema calls them, in words for editors. */
const TYPES: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数',
  int: '整数',
  boolean: 'はい・いいえ（true か false）',
  null: '空',
  array: '一覧',
  object: '項目のまとまり',
  record: '項目のまとまり',
};

/** How each is written. */
const WRITTEN: Readonly<Record<string, string>> = {
  string: "数や記号も、文字として書くときは '…' で囲みます。文の中に「: 」があるときも同じです。",
  number: '引用符で囲まずに、数だけを書いてください。',
  int: '引用符で囲まずに、小数でない数だけを書いてください。',
  boolean: '引用符で囲まずに、true か false と書いてください。',
  array: '[ … ] で囲んで「,」で区切るか、一行ずつ「- 」（後に空白）で始めて並べてください。',
  object: '次の行から字下げして、「名前: 内容」を並べてください。',
  record: '次の行から字下げして、「名前: 内容」を並べてください。',
};

type Words = { what: string; remedy: string };

/** A fault of a value that is there, in Japanese and with a remedy of its own; undefined when there is none for it. */
export function shapeWords(
  issue: z.core.$ZodIssue,
  where: string,
  value: unknown,
): Words | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const type = typeOf(value);
      const what =
        value === null
          ? `「${where}」の内容がありません。`
          : `「${where}」には${TYPES[issue.expected] ?? issue.expected}を書きますが、${TYPES[type] ?? type}になっています。`;
      const remedy = WRITTEN[issue.expected];
      if (remedy === undefined) return undefined;
      if (value !== null) return { what, remedy };
      return {
        what,
        remedy: `「:」の後か、次の行から字下げして、${TYPES[issue.expected]}を書いてください。`,
      };
    }
    case 'invalid_value': {
      const known = issue.values.map(String);
      return {
        what: `「${where}」に「${String(value)}」とは書けません（${known.join('、')} のどれか）。`,
        remedy: didYouMean(String(value), known),
      };
    }
    case 'too_small':
    case 'too_big':
      return sizeWords(issue, where);
    case 'invalid_format':
      // Names are the only texts whose schema leaves it to us to say what is wrong with them.
      if (!issue.message.startsWith('無効な')) return undefined;
      return {
        what: `「${where}」の「${String(value)}」は、名前として使えない形です。`,
        remedy: '名前は、半角の小文字・数字・「-」で書いてください。',
      };
    default:
      return undefined;
  }
}

function sizeWords(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, where: string): Words {
  const least = issue.code === 'too_small';
  const limit = String(least ? issue.minimum : issue.maximum);
  if (issue.origin === 'string' && least && limit === '1')
    return { what: `「${where}」が空です。`, remedy: '文を書くか、この項目を消してください。' };
  const unit = issue.origin === 'string' ? '文字' : issue.origin === 'array' ? '個' : '';
  const bound = issue.exact ? 'ちょうど' : '';
  const end = issue.exact ? '' : least ? '以上' : '以下';
  return {
    what: `「${where}」は、${bound}${limit}${unit}${end}でなければなりません。`,
    remedy: unit === '個' ? '足すか、減らしてください。' : '書き直してください。',
  };
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
