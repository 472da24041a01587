import { dayOf, startOf } from '../../japan-time.ts';
import { type Fact, hasPhoneShape, standsAtHome } from '../../safety/facts.ts';
import { isDue, isLive } from '../../safety/review.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Path } from '../shape-faults.ts';
import type { Draft, Report } from './report.ts';

/** Values that cannot be right, days that no calendar has, successors that do not exist, facts due for a new look. */
export function checkFacts({ facts }: Draft, report: Report, nowMs: number): void {
  for (const [id, fact] of Object.entries<Fact>(facts.data)) {
    const error = (path: Path, what: string, remedy: string): void =>
      report('error', facts.source, [id, ...path], what, remedy);
    checkValue(id, fact, error);
    checkDay(id, fact, error, nowMs);
    if (fact.successor !== undefined && !Object.hasOwn(facts.data, fact.successor)) {
      const hint = didYouMean(fact.successor, Object.keys(facts.data));
      error(['successor'], `後継の「${fact.successor}」がありません。`, hint);
    }
    if (isLive(fact) && isDue(fact, nowMs)) {
      const what = `fact「${id}」は確認の期限を過ぎています（${fact.checked_on} に確認）。`;
      const remedy = '出典を見直し、checked_on を新しくしてください。';
      report('warning', facts.source, [id], what, remedy);
    }
  }
}

type Tell = (path: Path, what: string, remedy: string) => void;

/** One wrong letter in a link or a number leads people who trust this bot to a stranger. */
function checkValue(id: string, fact: Fact, error: Tell): void {
  const { kind, value } = fact;
  if (kind === 'phone' && !hasPhoneShape(value)) {
    const what = `fact「${id}」の「${value}」は、日本の電話番号の形ではありません。`;
    error(
      ['value'],
      what,
      '出典と見くらべてください。0120-123-456 のように、半角の数字を「-」で区切って書きます（110、#9110 などの短い番号はそのまま）。',
    );
  }
  // A value that is no longer shown is kept as it was: old links of Amazon were http.
  if (fact.class === 'retired') return;
  if (kind === 'url' && !/^https:\/\/[!-~]+$/.test(value)) {
    const what = `fact「${id}」の「${value}」は、https:// で始まるアドレスではありません。`;
    error(
      ['value'],
      what,
      '公式のページを開き、アドレスをそのまま写してください（空白や全角の文字は入りません）。',
    );
    return;
  }
  if (!standsAtHome(fact)) {
    const whose = fact.class === 'public' ? '公的機関' : 'Amazon';
    const what = `fact「${id}」の「${value}」は、${whose}のアドレスとして知られていません。`;
    error(
      ['value'],
      what,
      'つづりを出典と見くらべてください。正しいときは、src/safety/facts.ts の一覧（AMAZON、PUBLIC）に足すよう、開発の担当に伝えてください。',
    );
  }
}

function checkDay(id: string, { checked_on }: Fact, error: Tell, nowMs: number): void {
  const today = dayOf(nowMs);
  if (startOf(checked_on) === undefined) {
    const what = `fact「${id}」の checked_on「${checked_on}」という日はありません。`;
    error(['checked_on'], what, `年-月-日の順に、${today} のように書いてください。`);
  } else if (checked_on > today) {
    const what = `fact「${id}」の checked_on「${checked_on}」は、まだ来ていない日です。`;
    error(['checked_on'], what, `出典を確かめた日を書いてください（今日は ${today} です）。`);
  }
}
