import type { Card } from '../../src/message/schema.ts';

/** What each kind of card is for, in a sentence for editors. */
export const cardKinds: Readonly<Record<Card['kind'], string>> = {
  steps: '手順。順に番号がつきます。links は下のボタンになります。',
  checklist: '確認すること。順番はありません。',
  phrases: '言い方とコピーのボタン。phrases には messages/phrases.yaml の名前を書きます。',
  links: '公式の窓口。番号やアドレスは facts.yaml の名前で書きます。',
  notice: 'お知らせ。tone は info（案内）、care（注意）、urgent（急ぎ）です。',
  menu: '話題の一覧。行はその node の answers です。',
};
