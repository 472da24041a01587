import type { Figures } from './figures.ts';
import { bar, columns, escape } from './html.ts';

const SCRIPTS: Readonly<Record<string, string>> = {
  kana: 'かなが多い',
  kanji: '漢字が多い',
  latin: 'アルファベットが多い',
  digits: '数字が多い',
  other: '記号・絵文字など',
};

const LENGTHS: Readonly<Record<string, string>> = {
  '10': '10文字まで',
  '30': '30文字まで',
  '100': '100文字まで',
  more: '101文字から',
};

/** The page at /stats: topics, funnel and reminders of the last days, and the dialogs with how often each question was asked. */
export function statsPage(figures: Figures, period: number): string {
  const { total, topics, reminders, unmatched, dialogs, days } = figures;
  const most = Math.max(1, ...topics.map(({ opened }) => opened));
  const other = period === 7 ? 30 : 7;
  return `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>窓口のようす</title><link rel="stylesheet" href="/stats/style.css"></head><body>
<h1>窓口のようす <small>この${period}日間</small></h1>
<p><a href="/stats?days=${other}">${other}日間を見る</a></p>
<section><h2>ご相談の流れ</h2>
<table class="bars">
<tr><th>始まった</th><td>${bar(total.opened, total.opened, 'opened')}</td></tr>
<tr><th>最後まで進んだ</th><td>${bar(total.finished, total.opened, 'opened')}</td></tr>
<tr><th>解決した</th><td>${bar(total.solved, total.opened, 'solved')}</td></tr>
<tr><th>うまくいかない</th><td>${bar(total.unsolved, total.opened, 'unsolved')}</td></tr>
</table>
<p class="note">「解決した」は、利用者が自分でそう答えた数です。文がコピーされたかどうかは、LINEからは分かりません。</p></section>
<section><h2>日ごとのご相談</h2>${columns(days.map(({ day, opened }) => ({ label: day.slice(5).replace('-', '/'), value: opened })))}</section>
<section><h2>話題</h2>${
    topics.length === 0
      ? '<p>まだありません。</p>'
      : `<table class="bars"><tr><th></th><td>始まった</td><td>解決した</td><td>うまくいかない</td></tr>${topics
          .map(
            ({ title, opened, solved, unsolved }) =>
              `<tr><th>${escape(title)}</th><td>${bar(opened, most, 'opened')}</td><td>${bar(solved, most, 'solved')}</td><td>${bar(unsolved, most, 'unsolved')}</td></tr>`,
          )
          .join('')}</table>`
  }</section>
<section><h2>お知らせ</h2><table class="bars">
<tr><th>約束した</th><td>${bar(reminders.set, Math.max(reminders.set, reminders.asked), 'opened')}</td></tr>
<tr><th>たずねた</th><td>${bar(reminders.asked, Math.max(reminders.set, reminders.asked), 'opened')}</td></tr></table></section>
<section><h2>読み取れなかった言葉</h2>${
    unmatched.length === 0
      ? '<p>ありません。</p>'
      : `<table>${unmatched
          .map(
            ({ script, length, count }) =>
              `<tr><th>${escape(SCRIPTS[script] ?? script)}・${escape(LENGTHS[length] ?? length)}</th><td>${count}</td></tr>`,
          )
          .join('')}</table>`
  }<p class="note">言葉そのものは残していません。長さと文字の種類だけです。</p></section>
<section><h2>会話の地図と、たずねた回数</h2>${dialogs.map(dialogMap).join('')}</section>
</body></html>`;
}

function dialogMap({ id, title, nodes }: Figures['dialogs'][number]): string {
  const asked = nodes.filter((node) => node.asked > 0);
  const most = Math.max(1, ...asked.map((node) => node.asked));
  const sum = asked.reduce((total, node) => total + node.asked, 0);
  const rows = nodes
    .map(
      (node) =>
        `<tr><th><code>${escape(node.node)}</code></th><td>${bar(node.asked, most, 'opened')}</td></tr>`,
    )
    .join('');
  return `<details${sum > 0 ? ' open' : ''}><summary>${escape(title)} <code>${escape(id)}</code> ${sum}</summary><table class="bars">${rows}</table></details>`;
}

/** Served as a file of its own, so that the page needs no inline style and the strictest content security policy holds. */
export const STYLE = `body{font:16px/1.7 "Hiragino Sans","Noto Sans JP","Yu Gothic",Meiryo,sans-serif;color:#16282a;background:#f4f7f6;margin:0 auto;max-width:760px;padding:16px}
h1{font-size:1.5rem;margin:.5rem 0}h1 small{font-size:1rem;font-weight:400}h2{font-size:1.1rem;margin:0 0 .5rem}
section{background:#fff;border-radius:12px;padding:16px;margin:0 0 16px}
table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:400;padding:2px 12px 2px 0;width:40%}td{padding:2px 8px 2px 0}
.bar{width:calc(100% - 3.5em);height:14px;vertical-align:middle}.number{padding-left:.5em}
.columns{width:100%;height:auto}.opened{fill:#0b5d5a}.solved{fill:#3f7d20}.unsolved{fill:#a8481f}.rule{stroke:#8aa}.axis{font-size:12px;text-anchor:middle;fill:#3c5052}
.note{color:#3c5052;font-size:.9rem}summary{cursor:pointer;padding:6px 0}code{font-size:.85em;color:#3c5052}a{color:#0b5d5a}`;
