import type { Node } from '../src/dialog/schema.ts';

/** What editors call each kind of node, and what it does, in a sentence. */
export const nodeKinds: Readonly<Record<Node['kind'], { name: string; does: string }>> = {
  say: { name: '言う', does: '言って、そのまま次へ進みます。' },
  ask: { name: '質問', does: '選んでもらいます。答えごとに次を書きます。' },
  ask_text: { name: '記入', does: '注文番号などを書いてもらいます。いつでも飛ばせます。' },
  ask_date: { name: '日付', does: '日付を選ぶか書いてもらいます。いつでも飛ばせます。' },
  deadline: { name: '期限', does: '前にもらった日付から期限を数えて言います。' },
  hours: { name: '時間帯', does: '何も言わず、日本の今の時刻で分かれます。' },
  branch: { name: '分岐', does: '何も言わず、前の答えで分かれます。' },
  remind: { name: 'お知らせ', does: 'あとでお知らせするかをたずねます。' },
  open: {
    name: '別の話題',
    does: '別の話題を開きます。return を書くと、終わったあとここへ戻ります。',
  },
  end: { name: '終わり', does: '終わります。開いた話題があれば、そこへ戻ります。' },
};
