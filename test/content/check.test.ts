import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Workshop, openWorkshop, told } from '../support/workshop.ts';

let shop: Workshop;

beforeEach(() => {
  shop = openWorkshop();
});
afterEach(() => shop.close());

/** The errors of a topic of its own beside the real ones; each test spoils it in its own way. */
function topic(dialog: string, messages: string): string[] {
  shop.write('dialogs/trial.yaml', dialog);
  shop.write('messages/ja/trial.yaml', messages);
  return told(shop.load().problems).filter((line) => /^error .*trial/.test(line));
}

/** The place as the file has it, not as the checker says. */
function place(file: string, text: string): string {
  return `error ${file}:${shop.lineOf(file, text)} `;
}

const dialogFile = 'dialogs/trial.yaml';
const wordsFile = 'messages/ja/trial.yaml';

const saying = (text: string) => `title: ためし
nodes:
  say:
    text: ${text}
`;

const card = (link: string, note: string) => `title: ためし
nodes:
  say:
    card:
      kind: links
      title: 窓口
      links: [{ fact: ${link}, label: 開く }]
      note: ${note}
`;

describe('the real content', () => {
  test('has no errors', () => {
    const { bundle, problems } = shop.load();
    expect(told(problems).filter((line) => line.startsWith('error'))).toEqual([]);
    expect(bundle?.content.dialogs['menu']).toBeDefined();
  });

  test('spoilt in many places is told everything at once, each with its place and what to do', () => {
    shop.edit('dialogs/menu.yaml', '{ open: no-connection }', '{ open: no-conection }');
    shop.edit(
      'messages/ja/menu.yaml',
      'label: 知らない請求',
      'label: 知らない請求がカードの明細に出ています',
    );
    shop.edit('dialogs/delivered-missing.yaml', 'next: seller', 'next: sellers');
    shop.edit('messages/ja/delivered-missing.yaml', 'fact: order-history', 'fact: order-histry');
    const { bundle, problems } = shop.load();
    expect(bundle).toBeUndefined();
    const lines = told(problems);
    expect(lines).toContain(
      `${place('dialogs/menu.yaml', 'no-conection')}「no-conection」という dialog はありません。 → もしかして「no-connection」ですか？`,
    );
    expect(lines.join('\n')).toContain(
      `${place('messages/ja/menu.yaml', '明細に出ています')}ボタンの文字「知らない請求がカードの明細に出ています」が長すぎます（19文字）。 → 17文字以内にしてください。`,
    );
    expect(lines).toContain(
      `${place('dialogs/delivered-missing.yaml', 'next: sellers')}「sellers」という node はありません。 → もしかして「seller」ですか？`,
    );
    expect(lines.join('\n')).toContain(
      `「order-histry」という fact はありません。 → もしかして「order-history」ですか？`,
    );
  });
});

describe('the graph of a dialog', () => {
  test('with a start and an exit that lead nowhere', () => {
    const lines = topic(
      `start: frist
nodes:
  first: { kind: say, next: last }
  last: { kind: say, next: lost-for-good }
`,
      `title: ためし
nodes:
  first: { text: はじめ }
  last: { text: おわり }
`,
    );
    expect(lines).toContain(
      `${place(dialogFile, 'frist')}「frist」という node はありません。 → もしかして「first」ですか？`,
    );
    expect(lines).toContain(
      `${place(dialogFile, 'lost-for-good')}「lost-for-good」という node はありません。 → 名前のつづりをご確認ください。`,
    );
  });

  test('with a node that nothing leads to', () => {
    const lines = topic(
      `start: first
nodes:
  first: { kind: end }
  island: { kind: end }
`,
      `title: ためし
nodes:
  first: { text: はじめ }
  island: { text: はなれ }
`,
    );
    expect(lines).toEqual([
      `${place(dialogFile, 'island')}node「island」へ進む道がありません。 → どこかの next や answers からつなぐか、消してください。`,
    ]);
  });

  test('with questions that never come to an end', () => {
    const lines = topic(
      `start: here
nodes:
  here: { kind: ask, answers: { go: there } }
  there: { kind: ask, answers: { go: here } }
`,
      `title: ためし
nodes:
  here: { text: ここ, answers: { go: 進む } }
  there: { text: そこ, answers: { go: 進む } }
`,
    );
    expect(lines).toEqual([
      `${place(dialogFile, '  here:')}node「here」からは、終わり（end）にたどり着けません。 → end の node か、別の dialog へつないでください。`,
      `${place(dialogFile, '  there:')}node「there」からは、終わり（end）にたどり着けません。 → end の node か、別の dialog へつないでください。`,
    ]);
  });

  test('with a round on which nothing is asked', () => {
    const lines = topic(
      `start: ask
nodes:
  ask: { kind: ask, answers: { round: one, out: out } }
  one: { kind: say, next: two }
  two: { kind: say, next: one }
  out: { kind: end }
`,
      `title: ためし
nodes:
  ask: { text: どうしますか？, answers: { round: 回る, out: 出る } }
  one: { text: 一つめ }
  two: { text: 二つめ }
`,
    );
    expect(lines).toContain(
      `${place(dialogFile, '  one:')}質問のないまま同じ所を回ります（one → two → one）。 → 途中に ask を入れるか、つなぎ先を変えてください。`,
    );
  });

  test.each([
    ['that say something', '{ text: あちらへ }', '{ text: もどります }'],
    ['that say nothing', undefined, undefined],
  ])('with a round of two dialogs %s', (_what, here, there) => {
    shop.write(
      'dialogs/other-trial.yaml',
      'start: go\nnodes:\n  go: { kind: open, open: trial }\n',
    );
    shop.write(
      'messages/ja/other-trial.yaml',
      `title: ためし二\nnodes: ${there === undefined ? '{}' : `{ go: ${there} }`}\n`,
    );
    const lines = topic(
      'start: over\nnodes:\n  over: { kind: open, open: other-trial }\n',
      `title: ためし\nnodes: ${here === undefined ? '{}' : `{ over: ${here} }`}\n`,
    );
    expect(lines).toContain(
      `${place(dialogFile, '  over:')}「over」の先で、質問のないまま、いくつかの dialog を回り続けます。 → 途中に ask を入れるか、つなぎ先を変えてください。`,
    );
  });
});

describe('graph and words together', () => {
  test('with words missing, words left over, and answers that disagree', () => {
    const lines = topic(
      `start: pick
nodes:
  pick: { kind: ask, answers: { left: say, right: say } }
  say: { kind: say, next: out }
  out: { kind: end }
`,
      `title: ためし
nodes:
  pick:
    text: どちらですか？
    answers:
      left: ひだり
      rigth: みぎ
  outt: { text: おわり }
`,
    );
    expect(lines).toEqual([
      `${place(dialogFile, '  say:')}node「say」の言葉が ${wordsFile} にありません。 → nodes の下に「say:」を足してください。`,
      `${place(wordsFile, '  pick:')}答え「right」の言葉がありません。 → answers に「right: …」を足してください。`,
      `${place(wordsFile, 'rigth')}質問「pick」に「rigth」という答えはありません。 → もしかして「right」ですか？`,
      `${place(wordsFile, 'outt')}「outt」という node は ${dialogFile} にありません。 → もしかして「out」ですか？`,
    ]);
  });

  test('with no file of words at all, and with words for no dialog', () => {
    shop.write('dialogs/trial.yaml', 'start: out\nnodes:\n  out: { kind: end }\n');
    shop.write('messages/ja/trail.yaml', 'title: ためし\nnodes:\n  out: { text: おわり }\n');
    expect(told(shop.load().problems)).toEqual(
      expect.arrayContaining([
        `error dialogs/trial.yaml:1 messages/ja/trial.yaml がありません。 → 同じ名前の言葉のファイルを作ってください。`,
        `error messages/ja/trail.yaml:1 dialogs/trail.yaml がありません。 → もしかして「trial」ですか？`,
      ]),
    );
  });

  test('with labels that are too long, the same twice, or taken by a word that works everywhere', () => {
    const lines = topic(
      `start: pick
nodes:
  pick: { kind: ask, answers: { a: out, b: out, c: out, d: out } }
  out: { kind: end }
`,
      `title: ためし
nodes:
  pick:
    text: どれですか？
    answers:
      a: はい
      b: はい
      c: これは十七文字におさまらない長い文字
      d: メニュー
`,
    );
    expect(lines).toEqual([
      `${place(wordsFile, 'b: はい')}ボタンの文字「はい」が「a」と同じです。 → 見分けのつく文字にしてください。`,
      `${place(wordsFile, 'c: これは')}ボタンの文字「これは十七文字におさまらない長い文字」が長すぎます（18文字）。 → 17文字以内にしてください。`,
      `${place(wordsFile, 'd: メニュー')}「メニュー」は、いつでも使える言葉です。ここの答えにはなりません。 → 答えの文字か say を、別の言い方にしてください。`,
    ]);
  });

  test('with a title that is too long for the button by which the topic is offered', () => {
    const lines = topic(
      'start: out\nnodes:\n  out: { kind: end }\n',
      'title: 届いた荷物がこわれていたときのお話\nnodes:\n  out: { text: おわり }\n',
    );
    expect(lines).toEqual([]);
    shop.edit(wordsFile, 'ときのお話', 'ときのはなし');
    expect(told(shop.load().problems)).toContain(
      `${place(wordsFile, 'title')}ボタンの文字「届いた荷物がこわれていたときのはなし」が長すぎます（18文字）。 → 17文字以内にしてください。`,
    );
  });

  test('with the same word for two answers, in one spelling or another', () => {
    const lines = topic(
      `start: pick
nodes:
  pick: { kind: ask, answers: { a: out, b: out, c: out } }
  out: { kind: end }
`,
      `title: ためし
nodes:
  pick:
    text: どれですか？
    answers:
      a: { label: 家族に聞いた, say: [きいた, きいた] }
      b: { label: まだ待てる, say: [待ちます, きいた] }
      c: { label: もう待てない, say: [かぞくにききました] }
`,
    );
    const both =
      'これを書いた人の答えを決められません。 → どちらか一方の答えだけに書いてください。';
    expect(lines).toEqual([
      `${place(wordsFile, 'b: ')}「きいた」は、答え「a」の「きいた」と同じ言葉です。${both}`,
      `${place(wordsFile, 'c: ')}「かぞくにききました」は、答え「a」の「家族に聞いた」と同じ言葉です。${both}`,
    ]);
  });

  test('with words that every button of that label has anyway, or that run into them', () => {
    const lines = topic(
      `start: pick
nodes:
  pick: { kind: ask, answers: { a: out, b: out } }
  out: { kind: end }
`,
      `title: ためし
nodes:
  pick:
    text: だれが発送しますか？
    answers:
      a: { label: Amazonが発送, say: [アマゾン, 本家] }
      b: { label: ほかの店, say: [Amazon] }
`,
    );
    expect(lines).toEqual([
      `${place(wordsFile, 'a: ')}「アマゾン」は、「Amazonが発送」のどのボタンにも効く言葉として、system.yaml の same にあります。 → ここからは消してください。`,
      `${place(wordsFile, 'b: ')}「Amazon」は、答え「a」の「Amazon」と同じ言葉です。これを書いた人の答えを決められません。 → どちらか一方の答えだけに書いてください。`,
    ]);
  });

  test('words for the buttons of a label that no question has', () => {
    const file = 'messages/ja/system.yaml';
    shop.edit(file, 'label: Amazonが発送,', 'label: Amazonが発想,');
    expect(told(shop.load().problems)).toContain(
      `error ${file}:${shop.lineOf(file, 'Amazonが発想')} 「Amazonが発想」というボタンは、どの質問にもありません。 → ボタンの文字に合わせるか、この行を消してください。`,
    );
  });

  test('with a card on a question that an opening sentence may answer', () => {
    const file = 'dialogs/cancel-order.yaml';
    shop.edit(file, '    kind: ask\n', '    kind: ask\n    from_opening: true\n');
    expect(told(shop.load().problems)).toEqual([
      `${place(file, 'from_opening')}質問「progress」のカードは、はじめの言葉で答えがわかった人には見えません。 → from_opening を消すか、カードをこの質問より前か後に移してください。`,
    ]);
  });

  test('with words to type that a comma of Japanese makes one', () => {
    const lines = topic(
      `start: pick
nodes:
  pick: { kind: ask, answers: { a: out, b: out, c: out } }
  out: { kind: end }
`,
      `title: ためし
nodes:
  pick:
    text: 届きましたか？
    answers:
      a: { label: 届いた, say: [来た、あった] }
      b:
        label: まだ届かない
        say:
          - 来ない
          - まだ，なし
      c: { label: あとで、みる, say: [見ます] }
`,
    );
    const remedy =
      '言葉は半角の「,」で区切ります。一つの言い方なら、読点を使わずに書いてください。';
    expect(lines).toEqual([
      `${place(wordsFile, '来た、')}say の「来た、あった」は、全体で一つの言葉とみなされます。 → ${remedy}`,
      `${place(wordsFile, 'まだ，')}say の「まだ，なし」は、全体で一つの言葉とみなされます。 → ${remedy}`,
    ]);
  });

  test('with such words for a button of the bot itself', () => {
    const file = 'messages/ja/system.yaml';
    shop.edit(file, 'さっきの, 同じ, ', 'さっきの、同じ、');
    expect(told(shop.load().problems)).toEqual([
      expect.stringContaining(`${place(file, 'さっきの、')}say の「さっきの、同じ、同じ番号」`),
    ]);
  });

  test('with a question asked back that has no reply, and a reply that nothing asks for', () => {
    const file = 'messages/ja/asides.yaml';
    shop.edit(file, /^  postage:$/m, '  posting:');
    expect(told(shop.load().problems)).toEqual([
      `${place(file, 'postage: {')}「postage」と言われたときの言葉がありません。 → nodes の下に「postage:」を足してください。`,
      expect.stringContaining(
        `${place(file, '  posting:')}「posting」は asked・remarked の answers にないので、どこでも使われません。`,
      ),
    ]);
  });

  test('with words that depend on a question or an answer that is not there', () => {
    const lines = topic(
      `start: pick
nodes:
  pick: { kind: ask, answers: { left: one, right: two } }
  one: { kind: say, next: two }
  two: { kind: end }
`,
      `title: ためし
nodes:
  pick: { text: どちらですか？, answers: { left: ひだり, right: みぎ } }
  one:
    by: pik-nothing
    cases: { left: { text: ひだりですね } }
    else: { text: そうですか }
  two:
    by: pick
    cases: { lefft: { text: ひだりでした } }
    else: { text: そうでした }
`,
    );
    expect(lines).toEqual([
      `${place(wordsFile, 'pik-nothing')}by の「pik-nothing」という質問（ask）も期限（deadline）もありません。 → 前に答えてもらう ask か、前に通る deadline の名前を書いてください。`,
      `${place(wordsFile, 'lefft')}「pick」の答えに「lefft」はありません。 → もしかして「left」ですか？`,
    ]);
  });
});

const all = () => told(shop.load().problems);

describe('what decides the way', () => {
  const SLIPS: [string, string, string | RegExp, string, string][] = [
    [
      'a branch on a question that is not there',
      'dialogs/return-refund.yaml',
      'on: want',
      'on: wnat',
      'on の「wnat」という質問（ask）も期限（deadline）もありません。 → 前に答えてもらう ask か、前に通る deadline の名前を書いてください。',
    ],
    [
      'a branch by an end that no deadline has',
      'dialogs/not-delivered.yaml',
      '{ over: script',
      '{ ovre: script',
      '「due」の答えに「ovre」はありません。 → もしかして「over」ですか？',
    ],
    [
      'a branch by an answer that is not there',
      'dialogs/return-refund.yaml',
      '{ refund: sent }',
      '{ refnd: sent }',
      '「want」の答えに「refnd」はありません。 → もしかして「refund」ですか？',
    ],
    [
      'a branch by a topic that is not there',
      'dialogs/return-refund.yaml',
      '{ cancel-order: seller }',
      '{ cancel-ordr: seller }',
      '「topic」の答えに「cancel-ordr」はありません。 → もしかして「cancel-order」ですか？',
    ],
    [
      'words of the bot itself by a topic that is not there',
      'messages/ja/system.yaml',
      /not-delivered:(?=\n\s+text: お約束)/,
      'not-deliverd:',
      '「topic」の答えに「not-deliverd」はありません。 → もしかして「not-delivered」ですか？',
    ],
    [
      'a deadline from a day that the topic never asks for',
      'dialogs/return-refund.yaml',
      'from: arrived',
      'from: renewal',
      '「window」が数え始める日「renewal」は、ここまでにたずねられていません。 → from を直すか、先に slot: renewal の ask_date を通るようにしてください。',
    ],
    [
      'hours that end before they begin',
      'dialogs/contact-howto.yaml',
      'from: 9\n    to: 21',
      'from: 21\n    to: 9',
      '「now」の時間帯（21時から9時まで）は、一日のどこにもありません。 → from を to より前の時刻にしてください。夜をまたぐときは、昼の時間帯を書いて inside と outside を入れかえます。',
    ],
    [
      'hours of no length',
      'dialogs/contact-howto.yaml',
      'from: 9\n    to: 21',
      'from: 9\n    to: 9',
      '「now」の時間帯（9時から9時まで）は、一日のどこにもありません。 → from を',
    ],
  ];
  test.each(SLIPS)('%s is told, and told once', (_what, file, from, to, said) => {
    shop.edit(file, from, to);
    const lines = all();
    expect(lines).toEqual([expect.stringContaining(said)]);
    expect(lines[0]).toContain(place(file, to.split('\n')[0] ?? ''));
  });

  test('a day that is asked for only after it was counted from', () => {
    const lines = topic(
      `start: until
nodes:
  until: { kind: deadline, from: arrived, days: 30, next: day, over: day, unknown: day }
  day: { kind: ask_date, slot: arrived, next: out }
  out: { kind: end }
`,
      `title: ためし
nodes:
  until: { text: 期限があります。 }
  day: { text: いつ届きましたか？ }
`,
    );
    expect(lines).toEqual([expect.stringContaining('「until」が数え始める日「arrived」は')]);
  });
});

describe('one slip is told once', () => {
  test('an exit that leads nowhere', () => {
    const file = 'dialogs/delivered-missing.yaml';
    shop.edit(file, 'next: seller', 'next: selller');
    expect(all()).toEqual([
      `${place(file, 'selller')}「selller」という node はありません。 → もしかして「seller」ですか？`,
    ]);
  });

  test('a start that leads nowhere', () => {
    shop.edit('dialogs/return-refund.yaml', /^start: /m, 'start: x');
    expect(all()).toEqual([expect.stringContaining('という node はありません。')]);
  });

  test('an exit before the day that later words name', () => {
    const lines = topic(
      `start: day
nodes:
  day: { kind: ask_date, slot: arrived, next: lst }
  last: { kind: end }
`,
      `title: ためし
nodes:
  day: { text: いつ届きましたか？ }
  last: { text: '{arrived}に届きました。' }
`,
    );
    expect(lines).toEqual([
      `${place(dialogFile, 'lst')}「lst」という node はありません。 → もしかして「last」ですか？`,
    ]);
  });

  test.each([
    ['a dialog that is no YAML', 'dialogs/contact-howto.yaml', /^start:/m, 'start'],
    ['a dialog that does not fit its shape', 'dialogs/contact-howto.yaml', /^start:/m, 'strat:'],
    ['words that are no YAML', 'messages/ja/contact-howto.yaml', /^title:/m, "title: '"],
    ['words that do not fit', 'messages/ja/contact-howto.yaml', /^title:/m, 'titel:'],
    ['the words of the bot itself', 'messages/ja/system.yaml', /^title:/m, "title: '"],
    ['the topics to choose from', 'dialogs/menu.yaml', /^start:/m, 'start'],
  ])('%s', (_what, file, from, to) => {
    shop.edit(file, from, to);
    const lines = all();
    expect(lines).not.toEqual([]);
    for (const line of lines) expect(line).toContain(`error ${file}:`);
  });

  test('a question that later words depend on, in a dialog that has a slip', () => {
    shop.edit('dialogs/reach.yaml', /^start:/m, 'strat:');
    shop.edit('dialogs/contact-howto.yaml', /^start:/m, 'strat:');
    for (const line of all()) expect(line).toMatch(/^error dialogs\/(?:reach|contact-howto)\./);
  });
});

describe('the words', () => {
  const graph = `start: say
nodes:
  say: { kind: say, next: out }
  out: { kind: end }
`;

  test('with a placeholder that nobody fills', () => {
    expect(topic(graph, saying("'番号は {oder} です。'"))).toEqual([
      `${place(wordsFile, 'oder')}{oder} は使えません。 → もしかして「order」ですか？`,
    ]);
  });

  test.each([
    ['that is not closed', '画面の「{fact:label-track」を押します。', '{'],
    ['in full-width braces', '番号は ｛order｝ です。', '｛｝'],
    ['with a space in it', '番号は { order } です。', '{}'],
    ['with only its end', '番号は order} です。', '}'],
  ])('with a placeholder %s', (_what, text, left) => {
    expect(topic(graph, saying(`'${text}'`))).toEqual([
      `${place(wordsFile, text)}「${left}」がそのまま利用者に見えます。 → {order} や {fact:名前} のように、半角の { と } で囲み、中に空白を入れずに書いてください。`,
    ]);
  });

  test('with a brace left over in a phrase', () => {
    shop.edit('messages/phrases.yaml', /^(  ja: .*\{order)\}/m, '$1');
    expect(told(shop.load().problems)).toEqual([
      expect.stringContaining('「{」がそのまま利用者に見えます。'),
    ]);
  });

  test('with what only the bot itself can fill in', () => {
    expect(topic(graph, saying("'{when}に、{topic}のことをうかがいます。'"))).toEqual([
      expect.stringContaining(
        `${place(wordsFile, 'when')}{when} は使えません。 → ここで使えるのは {order}、{item}、`,
      ),
      expect.stringContaining(`${place(wordsFile, 'when')}{topic} は使えません。`),
    ]);
  });

  test.each([
    ['a title', 'messages/ja/return-refund.yaml', 'title: 返品・返金', "title: '{order}の返金'"],
    ['a button', 'messages/ja/return-refund.yaml', 'label: 返金がまだ', "label: '{order}の返金'"],
    ['a line under a button', 'messages/ja/menu.yaml', /hint: [^ ,}]+/, "hint: '{order}の話'"],
    ['a remark over a phrase', 'messages/phrases.yaml', /when: .+/, "when: '{order}の話'"],
  ])('with something to fill in where nothing is, in %s', (_what, file, from, to) => {
    shop.edit(file, from, to);
    expect(told(shop.load().problems)).toEqual([
      expect.stringContaining('{order} は使えません。 → { } を使わずに書いてください。'),
    ]);
  });

  test.each(['order', 'deadline', 'arrived'])(
    'of the bot itself with {%s}, which only a topic knows',
    (name) => {
      const file = 'messages/ja/system.yaml';
      shop.edit(file, 'text: 先ほどの「{topic}」', `text: 先ほどの「{${name}}」`);
      expect(told(shop.load().problems)).toEqual([
        `${place(file, `先ほどの「{${name}}」`)}{${name}} は使えません。 → ここで使えるのは {topic} だけです。`,
      ]);
    },
  );

  test('with a day that nobody has given or counted by then', () => {
    const lines = topic(
      `start: early
nodes:
  early: { kind: say, next: day }
  day: { kind: ask_date, slot: arrived, next: until }
  until: { kind: deadline, from: arrived, days: 30, next: late, over: late, unknown: late }
  late: { kind: end }
`,
      `title: ためし
nodes:
  early: { text: '{arrived}に届き、{left}日あります。' }
  day: { text: いつ届きましたか？ }
  until: { text: '{deadline}まで、あと{left}日です。' }
  late: { text: '{arrived}に届きました。' }
`,
    );
    expect(lines).toEqual([
      `${place(wordsFile, 'early')}「early」では、{arrived} はまだ決まっていません。 → 先に slot: arrived の ask_date を通るようにするか、{arrived} を使わずに書いてください。`,
      `${place(wordsFile, 'early')}「early」では、{left} はまだ決まっていません。 → 先に deadline を通るようにするか、{left} を使わずに書いてください。`,
    ]);
  });

  test.each([
    [
      'a telephone number that is no fact',
      '0120-123-456 へ電話してください。',
      '0120-123-456',
      '電話番号',
      'facts.yaml',
    ],
    [
      'a link that is no fact',
      'https://amazon.example.com/help を開きます。',
      'amazon.example.com',
      'リンク',
      'facts.yaml',
    ],
    ['a promise', '必ず返金されます。', '必ず返金', '約束', '約束にならない言い方'],
    ['vouching', 'このサイトは安全です。', 'は安全です', '請け合う', '請け合わない言い方'],
    [
      'a number that is retired',
      '0120-999-373 です。',
      '120-999-373',
      '使われていない',
      '今の窓口',
    ],
    [
      'a question for a secret',
      'パスワードを教えてください。',
      'パスワード',
      '暗証',
      '公式の画面で',
    ],
  ])('with %s', (_what, text, found, why, remedy) => {
    const lines = topic(graph, saying(`'${text}'`));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(place(wordsFile, text));
    expect(lines[0]).toContain(found);
    expect(lines[0]).toContain(why);
    expect(lines[0]?.split(' → ')[1]).toContain(remedy);
  });

  test('with a fact that is retired, written by name or by value', () => {
    expect(topic(graph, card('contact-us-old', 'ここから'))).toEqual([
      `${place(wordsFile, 'fact: contact-us-old')}fact「contact-us-old」は利用者に見せてはいけない値です。 → 代わりに「contact-us」を使ってください。`,
    ]);
    expect(topic(graph, card('contact-us', "'{fact:contact-us-old} は使いません。'"))[0]).toContain(
      'fact「contact-us-old」は利用者に見せてはいけない値です。',
    );
  });

  test('with a phrase that is not there', () => {
    const lines = topic(
      graph,
      `title: ためし
nodes:
  say:
    card: { kind: phrases, title: 言い方, phrases: [j01, j999] }
`,
    );
    expect(lines.join('\n')).toContain('「j999」という phrase はありません。 → もしかして「j');
  });
});

describe('the fixed words of the cards', () => {
  const file = 'messages/ja/labels.yaml';
  const LABELS: [string, string, string, string][] = [
    [
      'a name that is misspelt',
      '{date}時点',
      '{dat}時点',
      '{dat} は使えません。 → ここで使えるのは {date} だけです。',
    ],
    [
      'a name in Japanese',
      '{number}に電話',
      '{番号}に電話',
      '{番号} は使えません。 → ここで使えるのは {number} だけです。',
    ],
    [
      'a fact',
      '{number}に電話',
      '{fact:contact-us}に電話',
      '{fact:contact-us} は使えません。 → ここで使えるのは',
    ],
    [
      'a name where none is filled in',
      '英語で言うなら',
      "'{item}を英語で'",
      '{item} は使えません。 → { } を使わずに書いてください。',
    ],
    [
      'no place for the day',
      '{date}時点',
      '確認した時点',
      '{date} がありません。 → 値の入るところに {date} を一度だけ書いてください。',
    ],
    ['no place for one of two', '{page}／{pages}', '{page}ページ目', '{pages} がありません。'],
    ['two places for one day', '{date}時点', '{date}（{date}）時点', '{date} が二度以上あります。'],
    ['full-width braces', '{date}時点', '｛date｝時点', '「｛｝」がそのまま利用者に見えます。'],
    [
      'a telephone number',
      'この日本語をコピー',
      '0120-123-456 をコピー',
      '番号です。 → 正しい値を messages/facts.yaml に置き、{fact:…} か links で示してください（ボタンの文字や決まり文句には入れられません）。',
    ],
    ['a promise', '番号を送ってお選びください。', '必ず返金されます。', '結果を約束する言葉です。'],
  ];
  test.each(LABELS)('with %s are told in their own file, and once', (_what, from, to, said) => {
    shop.edit(file, from, to);
    const lines = all();
    expect(lines).toEqual([expect.stringContaining(said)]);
    expect(lines[0]).toContain(place(file, to));
  });
});

describe('what LINE would refuse', () => {
  test('more messages in a row than it takes at once', () => {
    const says = ['a', 'b', 'c', 'd', 'e', 'f'];
    const nodes = says.map((name, i) => `  ${name}: { kind: say, next: ${says[i + 1] ?? 'out'} }`);
    const words = says.map((name) => `  ${name}: { text: その${name} }`);
    const lines = topic(
      `start: a\nnodes:\n${nodes.join('\n')}\n  out: { kind: end }\n`,
      `title: ためし\nnodes:\n${words.join('\n')}\n`,
    );
    expect(lines).toEqual([
      `${place(dialogFile, '  a:')}「a」の次の質問までに、6 件のメッセージが続くことがあります。 → 一度に送れるのは 5 件までです。途中に質問を入れるか、まとめてください。`,
    ]);
  });

  test('a card that is too big, also when only one case of it is', () => {
    const long = 'とても長い説明です。'.repeat(250);
    const lines = topic(
      `start: pick
nodes:
  pick: { kind: ask, answers: { left: say, right: say } }
  say: { kind: say, next: out }
  out: { kind: end }
`,
      `title: ためし
nodes:
  pick: { text: どちらですか？, answers: { left: ひだり, right: みぎ } }
  say:
    by: pick
    cases:
      right:
        card:
          kind: steps
          title: 手順
          steps: [${Array.from({ length: 10 }, () => long).join(', ')}]
    else: { text: ひだりです }
`,
    );
    expect(lines[0]).toContain(`${wordsFile}:${shop.lineOf(wordsFile, '      right:')}`);
    expect(lines[0]).toMatch(
      /LINE に送れない形です（.+）。 → 文や項目を短くするか、減らしてください。/,
    );
    expect(new Set(lines).size).toBe(lines.length);
  });
});

const writeTopic = (name: string, start: string) => {
  shop.write(`dialogs/${name}.yaml`, `start: out\nnodes:\n  out: ${start}\n`);
  shop.write(`messages/ja/${name}.yaml`, 'title: ためし\nnodes:\n  out: { text: おわり }\n');
};
const nowhere = (name: string) =>
  `warning dialogs/${name}.yaml:1 話題「${name}」は、どこからも開かれません。 → dialogs/menu.yaml と messages/ja/menu.yaml に「${name}」の行を足すか、messages/intents.yaml の topics に例文を足してください（docs/editing.md）。`;

describe('a topic', () => {
  test('that nothing opens is a warning, also when it opens another', () => {
    writeTopic('trial', '{ kind: open, open: trial-two }');
    writeTopic('trial-two', '{ kind: end }');
    const { bundle, problems } = shop.load();
    expect(told(problems)).toEqual([nowhere('trial-two'), nowhere('trial')]);
    expect(bundle).toBeDefined();
  });

  test('in the menu or with examples of what people say is none', () => {
    writeTopic('trial', '{ kind: end }');
    shop.edit(
      'dialogs/menu.yaml',
      '      more: more',
      '      trial: { open: trial }\n      more: more',
    );
    shop.edit('messages/ja/menu.yaml', '      more: {', '      trial: ためし\n      more: {');
    writeTopic('trial-two', '{ kind: end }');
    shop.edit('messages/intents.yaml', /^topics:\n/m, 'topics:\n  trial-two: |\n    ためしたい\n');
    expect(shop.load().problems).toEqual([]);
  });

  test('of the bot’s own has only the values that are filled in there', () => {
    shop.edit(
      'messages/ja/system.yaml',
      '「{topic}」のご相談に移りますか？',
      '「{answer}」のご相談に移りますか？',
    );
    expect(told(shop.load().problems).filter((line) => line.startsWith('error'))).toEqual([
      expect.stringMatching(
        /^error messages\/ja\/system\.yaml:\d+ .*\{answer\}.* → ここで使えるのは \{topic\} だけです。$/,
      ),
    ]);
  });

  test('whose places the code leads to keeps their names', () => {
    shop.edit('dialogs/solved.yaml', 'done: thanks', 'done: thankful');
    shop.edit('dialogs/solved.yaml', '\n  thanks:', '\n  thankful:');
    shop.edit('messages/ja/solved.yaml', '\n  thanks:', '\n  thankful:');
    shop.edit('dialogs/solved.yaml', 'no: next }', 'not: next }');
    shop.edit('messages/ja/solved.yaml', '\n      no: {', '\n      not: {');
    const lines = told(shop.load().problems).filter((line) => line.startsWith('error'));
    expect(lines).toEqual([
      expect.stringMatching(
        /^error dialogs\/solved\.yaml:\d+ プログラムが名前で使う「solved\.ask」の答え「no」がありません。 → 名前を元に/,
      ),
      expect.stringMatching(
        /^error dialogs\/solved\.yaml:\d+ プログラムが名前で使う「solved\.thanks」がありません。/,
      ),
    ]);
  });

  test('of which people speak, but which is not there', () => {
    shop.edit('messages/intents.yaml', /^topics:\n/m, 'topics:\n  trial: |\n    ためしたい\n');
    expect(told(shop.load().problems)).toEqual([
      `${place('messages/intents.yaml', '  trial: |').replace('error', 'warning')}例文のある話題「trial」の dialogs/trial.yaml がありません。 → 名前のつづりをご確認ください。`,
    ]);
  });
});

describe('a file', () => {
  test.each(['dialogs/trial.yml', 'messages/ja/trial.YAML', 'messages/trial.yaml.txt'])(
    '%s, which would not be read, is named',
    (file) => {
      shop.write(file, 'start: out\n');
      expect(told(shop.load().problems)).toEqual([
        `error ${file}:0 このファイルは読まれません。 → 名前の終わりを「.yaml」（小文字）に変えてください。`,
      ]);
    },
  );

  test.each(['dialogs/._menu.yaml', 'messages/ja/.#menu.yaml'])(
    '%s, which a computer keeps for itself, is passed over',
    (file) => {
      shop.write(file, '\u0000');
      expect(shop.load().problems).toEqual([]);
    },
  );

  test('that is no YAML is told with its line, and the others are checked all the same', () => {
    shop.write(
      'messages/ja/trial.yaml',
      'title: ためし\nnodes:\n  say:\n    text: "閉じていない\n',
    );
    shop.write('dialogs/trial.yaml', 'start: say\nnodes:\n  say: { kind: talk, next: out }\n');
    const lines = told(shop.load().problems);
    const yaml = lines.find((line) => line.includes('messages/ja/trial.yaml:'));
    expect(yaml).toContain('messages/ja/trial.yaml:4 YAML の書き方に誤りがあります。引用符');
    expect(lines.find((line) => line.includes('dialogs/trial.yaml:3'))).toContain('kind');
  });

  test('that does not fit its shape is told in Japanese, part by part', () => {
    const lines = topic(
      `start: say
nodes:
  say: { kind: say, next: out, color: red }
  Out: { kind: end }
  talk: { kind: sai, next: say }
  over: { kind: say, next: { opn: menu } }
`,
      `title: ''
nodes:
  say: { tekst: あ }
  over:
    text: どれですか？
    answers: { yes: { label: はい, hnt: 小さい字 } }
  talk:
    card: { kind: steps, title: 手順, steps: [] }
`,
    );
    const says = (file: string, text: string, what: string) =>
      expect(lines.filter((line) => line.startsWith(place(file, text))).join('\n')).toContain(what);
    says(dialogFile, 'color: red', '「nodes › say」に「color」とは書けません。 → ');
    says(dialogFile, 'Out:', '「nodes › Out」という名前は使えません（半角の小文字で始まり、');
    says(dialogFile, 'sai', '「sai」という種類はありません（say、ask、');
    says(dialogFile, 'sai', '→ もしかして「say」ですか？');
    says(dialogFile, 'opn', '「nodes › over › next」に「opn」とは書けません。');
    says(wordsFile, "title: ''", '「title」が空です。');
    says(wordsFile, 'tekst', '「nodes › say」に「tekst」とは書けません。');
    says(wordsFile, 'tekst', 'card か text のどちらかが要ります');
    says(wordsFile, 'hnt', '「nodes › over › answers › yes」に「hnt」とは書けません。');
    says(wordsFile, 'steps: []', '「nodes › talk › card › steps」は、1個以上で');
    for (const line of lines) expect(line).not.toMatch(/Invalid|expected|needs|must/);
  });

  const SLIPS: [string, string, string[]][] = [
    [
      'a card with a wrong name',
      `
    by: pick
    cases:
      a:
        card:
          kind: notice
          tone: care
          title: あ
          items: [い]
    else: { text: う }
`,
      [
        ':7 「nodes › say › cases › a › card › lines」がありません。',
        ':11 「nodes › say › cases › a › card」に「items」とは書けません。',
      ],
    ],
    [
      'an end with a wrong name',
      `
    by: pick
    cases: { a: { text: あ } }
    els: { text: う }
`,
      [':3 「nodes › say › else」がありません。', ':6 「nodes › say」に「els」とは書けません。'],
    ],
    [
      'a card with several slips',
      `
    by: pick
    cases:
      a:
        card:
          kind: notice
          tone: caer
          lines: [い]
          colour: red
          size: big
    else: { text: う }
`,
      [
        ':7 「nodes › say › cases › a › card › title」がありません。',
        ':9 「nodes › say › cases › a › card › tone」に「caer」とは書けません',
        ':11 「nodes › say › cases › a › card」に「colour」とは書けません。',
        ':12 「nodes › say › cases › a › card」に「size」とは書けません。',
      ],
    ],
    [
      'no question',
      `
    cases: { a: { text: あ } }
    else: { text: う }
`,
      [':3 「nodes › say › by」がありません。'],
    ],
  ];
  test.each(SLIPS)(
    'whose words depend on an answer, with %s, is told where',
    (_what, say, said) => {
      const lines = topic(
        'start: say\nnodes:\n  say: { kind: end }\n',
        `title: ためし\nnodes:\n  say:${say}`,
      );
      expect(lines).toEqual(said.map((each) => expect.stringContaining(wordsFile + each)));
    },
  );

  test('that is gone is named', () => {
    shop.edit('messages/facts.yaml', /[^]*/, '');
    expect(told(shop.load().problems).join('\n')).toContain('error messages/facts.yaml:');
  });
});

describe('a fact', () => {
  test('past its review is a warning and keeps nothing from starting', () => {
    const { bundle, problems } = shop.load(Date.parse('2031-01-01T00:00:00+09:00'));
    expect(bundle).toBeDefined();
    const file = 'messages/facts.yaml';
    expect(told(problems)).toContain(
      `warning ${file}:${shop.lineOf(file, 'contact-us:')} fact「contact-us」は確認の期限を過ぎています（2026-11-01 に確認）。 → 出典を見直し、checked_on を新しくしてください。`,
    );
    expect(problems.every(({ severity }) => severity === 'warning')).toBe(true);
  });

  const facts = 'messages/facts.yaml';
  const WRONG: [string, string, string, string][] = [
    [
      'misspells Amazon',
      'https://www.amazon.co.jp/contact-us',
      'https://www.amazom.co.jp/contact-us',
      'Amazonのアドレスとして知られていません',
    ],
    [
      'is at a stranger’s',
      'https://www.amazon.co.jp/contact-us',
      'https://www.amazon.co.jp.example.com/contact-us',
      'Amazonのアドレスとして知られていません',
    ],
    [
      'names a user before the host',
      'https://www.amazon.co.jp/contact-us',
      'https://www.amazon.co.jp@example.com/contact-us',
      'Amazonのアドレスとして知られていません',
    ],
    [
      'is a third party’s word for it, misspelt',
      'https://www.amazon.co.jp/gp/css/order-history',
      'https://www.amazon.co.jq/gp/css/order-history',
      'Amazonのアドレスとして知られていません',
    ],
    [
      'misspells a public body',
      'https://www.npa.go.jp/',
      'https://www.npa.go.jq/',
      '公的機関のアドレスとして知られていません',
    ],
    [
      'misspells a mail address',
      'reportascam@amazon.com',
      'reportascam@amason.com',
      'Amazonのアドレスとして知られていません',
    ],
    [
      'is not encrypted',
      'https://www.amazon.co.jp/contact-us',
      'http://www.amazon.co.jp/contact-us',
      'https:// で始まるアドレスではありません',
    ],
    [
      'holds a space',
      'https://www.amazon.co.jp/contact-us',
      'https://www.amazon.co.jp/contact us',
      'https:// で始まるアドレスではありません',
    ],
    [
      'has a digit too many',
      'value: 0120-899-543',
      'value: 0120-899-5439',
      '日本の電話番号の形ではありません',
    ],
    ['has a digit too few', '050-3032-2207', '050-3032-220', '日本の電話番号の形ではありません'],
    ['is a short number that is none', "'188'", "'198'", '日本の電話番号の形ではありません'],
  ];
  test.each(WRONG)('whose value %s is an error', (_what, right, wrong, why) => {
    shop.edit(facts, right, wrong);
    const lines = told(shop.load().problems);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(place(facts, wrong));
    expect(lines[0]).toContain(why);
  });

  test.each([
    ['2026-13-01', 'という日はありません'],
    ['2026-02-29', 'という日はありません'],
    ['2026-11-22', 'は、まだ来ていない日です'],
  ])('checked on %s is an error', (day, why) => {
    shop.edit(facts, 'checked_on: 2026-11-01', `checked_on: ${day}`);
    const lines = told(shop.load().problems);
    expect(lines).toEqual([expect.stringContaining(why)]);
    expect(lines[0]).toContain(place(facts, day));
  });

  test('checked today, in Japan, is none', () => {
    shop.edit(facts, 'checked_on: 2026-11-01', 'checked_on: 2026-11-21');
    expect(shop.load(Date.parse('2026-11-20T15:00:00Z')).problems).toEqual([]);
  });

  test('whose successor is not there is an error', () => {
    shop.edit('messages/facts.yaml', 'successor: contact-us\n', 'successor: contact-uss\n');
    expect(told(shop.load().problems)).toEqual([
      expect.stringContaining(
        '後継の「contact-uss」がありません。 → もしかして「contact-us」ですか？',
      ),
    ]);
  });
});
