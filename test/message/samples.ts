import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Choice, Reply } from '../../src/dialog/reply.ts';
import { labels } from '../../src/message/labels.ts';
import { type Messages, messages, phrases } from '../../src/message/schema.ts';
import type { Words } from '../../src/message/spoken.ts';
import { facts } from '../../src/safety/facts.ts';

const read = (path: string): unknown =>
  parse(readFileSync(new URL(`../../messages/${path}`, import.meta.url), 'utf8'));

/** Noon of 15 November 2026 in Japan: no fact is past its review date. */
export const NOW_MS = Date.UTC(2026, 10, 15, 3);

const samples: Messages = messages.parse({
  title: '見本',
  nodes: {
    plain: { text: 'ご不便をおかけしています。順番に確かめていきましょう。' },
    question: {
      text: 'どの画面から連絡しますか?',
      answers: { app: 'スマホのアプリ', pc: 'パソコン' },
    },
    steps: {
      card: {
        kind: 'steps',
        title: 'アプリから電話をもらう手順',
        steps: [
          'Amazonアプリを開き、{fact:label-app-menu}を押します。',
          '「{fact:label-app-service}」を押します。',
          '困っている注文（{order}）を選びます。',
          '「{fact:label-app-contact}」を押し、「{fact:label-call-request}」を選びます。',
          '登録した番号に電話がかかってきます。',
        ],
        note: 'ボタンの名前は、アプリの版によって変わることがあります。',
        links: [{ fact: 'contact-us', label: 'お問い合わせの画面を開く' }],
        facts: ['label-call-request', 'hours-callback'],
      },
      text: '電話のボタンは見つかりましたか?',
    },
    checklist: {
      card: {
        kind: 'checklist',
        title: 'まず、まわりを確かめましょう',
        items: [
          '玄関のまわり、物かげ、自転車のかご',
          '宅配ボックス（置き配を選んでいなくても）',
          '郵便受け、メーターボックス',
          '同居のご家族、管理人さん、おとなりの方',
          '注文に書かれたお届け先の住所',
        ],
      },
      text: '見つかりましたか?',
    },
    phrases: {
      card: {
        kind: 'phrases',
        title: '日本語の通じる人につないでほしいとき',
        phrases: ['j01', 'j06', 'script-delivered-missing-chat'],
      },
      text: 'うまく伝わりましたか?',
    },
    'phrases-many': {
      card: {
        kind: 'phrases',
        title: '聞き取れないとき',
        phrases: ['s01', 's02', 's03', 'r01', 'r02', 'r03', 'r04', 'r05'],
        note: '言いやすいものを選んでください。',
      },
      text: 'ほかの言い方も見ますか?',
    },
    links: {
      card: {
        kind: 'links',
        title: '相談できるところ',
        links: [
          { fact: 'contact-us', label: 'Amazonに連絡する' },
          { fact: 'hotline-188', label: '消費者ホットライン', note: '{fact:hotline-188-rule}' },
          { fact: 'phone-general', label: 'Amazonの代表番号とされる番号' },
          { fact: 'report-mail', label: 'あやしいメールの転送先' },
          { fact: 'police-9110', label: '警察の相談電話' },
        ],
        facts: ['police-9110-hours'],
      },
    },
    info: {
      card: {
        kind: 'notice',
        tone: 'info',
        title: '電話は、いつでも受け付けているようです',
        lines: ['{fact:hours-callback}', '折り返しの電話なら、通話料はかからないとされています。'],
        facts: ['hours-callback', 'callback-cost'],
      },
    },
    care: {
      card: {
        kind: 'notice',
        tone: 'care',
        title: 'パスワードや認証コードは、だれにも教えないでください',
        lines: ['Amazonの人を名乗っていても同じです。', '{fact:never-asks-payment}。'],
        facts: ['never-asks-payment'],
      },
      text: '何か伝えてしまいましたか?',
    },
    urgent: {
      card: {
        kind: 'notice',
        tone: 'urgent',
        title: 'いま、カード会社に電話してください',
        lines: ['番号は{fact:card-company}です。', 'カードを止めてから、次へ進みましょう。'],
        links: [
          { fact: 'police-9110', label: '警察の相談電話' },
          { fact: 'npa-cyber', label: '警察庁の相談フォームを開く' },
        ],
        facts: ['card-company'],
      },
      text: '電話できましたか?',
    },
    menu: {
      card: {
        kind: 'menu',
        title: 'お困りのことを選んでください',
        note: 'ひとことで書いていただいても大丈夫です。',
      },
    },
    by: {
      by: 'device',
      cases: { pc: { text: 'パソコンの画面で進めます。' } },
      else: { text: 'アプリの画面で進めます。' },
    },
  },
});

export const words: Words = {
  messages: { sample: samples },
  phrases: phrases.parse(read('phrases.yaml')),
  facts: facts.parse(read('facts.yaml')),
  labels: labels.parse(read('ja/labels.yaml')),
};

export const choice = (label: string, hint?: string): Choice => ({
  label,
  data: `a=sample.${label}`,
  ...(hint === undefined ? {} : { hint }),
});

export const ways = [choice('戻る'), choice('メニュー'), choice('ヘルプ')];

export const topics = [
  choice('商品が届かない', '予定日を過ぎても届きません'),
  choice('配達済みなのに無い', '「配達済み」ですが受け取っていません'),
  choice('覚えのない請求', 'カードの明細に見覚えがありません'),
  choice('返品・返金', '返したい、お金が戻らない'),
  choice('不良品・違う商品'),
  choice('注文のキャンセル'),
  choice('ログインできない'),
  choice('プライム会員', '解約や会費のこと'),
  choice('出品者との問題'),
  choice('あやしい連絡', 'メール・SMS・電話'),
  choice('問い合わせ方法', '電話やチャットのしかた'),
  choice('日本語で話したい'),
  choice('つながらない', '電話が来ない、切れた'),
  choice('その他'),
];

export const reply = (node: string, more: Partial<Reply> = {}): Reply => ({
  dialog: 'sample',
  node,
  ...more,
});

const yesNo = { choices: [choice('見つかった'), choice('まだない')], ways };

/** One reply for every kind of card, as a turn would send it. */
export const samplesByKind: Readonly<Record<string, Reply>> = {
  plain: reply('plain', { ways }),
  question: reply('question', { choices: [choice('スマホのアプリ'), choice('パソコン')], ways }),
  steps: reply('steps', { ...yesNo, values: { order: '250-1234567-1234567' } }),
  checklist: reply('checklist', yesNo),
  phrases: reply('phrases', yesNo),
  'phrases-many': reply('phrases-many', yesNo),
  links: reply('links', { ways }),
  info: reply('info', { ways }),
  care: reply('care', yesNo),
  urgent: reply('urgent', yesNo),
  menu: reply('menu', { choices: topics, ways: [choice('ヘルプ')] }),
};
