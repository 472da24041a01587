import type { messagingApi } from '@line/bot-sdk';

const CHECKS = [
  '玄関のまわり、メーターの箱の中、自転車のかごの中を見ます',
  '宅配ボックスと、その暗証番号の書かれた紙が入っていないかを見ます',
  'ご家族や、管理人さん、おとなりが受け取っていないかをたずねます',
  '配送状況のページに、置いた場所の写真が出ていないかを見ます',
  'お届け先の住所と部屋番号が、いまのものになっているかを見ます',
  '予定日を過ぎていないか、まだ配達の途中でないかを見ます',
  'ほかの荷物といっしょに、先に届いていないかを見ます',
  '不在票やメールで、別の受け取り場所が案内されていないかを見ます',
  '注文履歴で、同じ品の注文が二つになっていないかを見ます',
  '近くのコンビニや営業所で、受け取りを待っていないかを見ます',
];

/** A card of about the size that this bot's cards have, with its quick replies. */
export function card(
  title: string,
  choices: readonly { label: string; data: string }[],
): messagingApi.FlexMessage {
  const items = choices.map(({ label, data }) => ({
    type: 'action' as const,
    action: { type: 'postback' as const, label, data, displayText: label },
  }));
  return {
    type: 'flex',
    altText: `${title} ${CHECKS.join(' ')}`,
    contents: {
      type: 'bubble',
      size: 'giga',
      header: {
        type: 'box',
        layout: 'vertical',
        backgroundColor: '#1F4E5F',
        contents: [
          text('確認すること', { size: 'sm', color: '#FFFFFF' }),
          text(title, { size: 'xl', weight: 'bold', color: '#FFFFFF' }),
        ],
      },
      body: {
        type: 'box',
        layout: 'vertical',
        spacing: 'lg',
        contents: [
          ...CHECKS.map(check),
          { type: 'separator', margin: 'lg' },
          text('見つかりましたか？', { size: 'lg', weight: 'bold' }),
          ...choices.map(row),
        ],
      },
    },
    ...(items.length > 0 && { quickReply: { items } }),
  };
}

function text(
  words: string,
  style: Omit<messagingApi.FlexText, 'type' | 'text'>,
): messagingApi.FlexText {
  return { type: 'text', text: words, wrap: true, ...style };
}

function check(words: string, index: number): messagingApi.FlexBox {
  return {
    type: 'box',
    layout: 'horizontal',
    spacing: 'md',
    contents: [badge(String(index + 1)), text(words, { size: 'md', color: '#222222', flex: 1 })],
  };
}

/** An answer as a row that can be tapped. */
function row(
  { label, data }: { label: string; data: string },
  index: number,
): messagingApi.FlexBox {
  return {
    type: 'box',
    layout: 'horizontal',
    spacing: 'md',
    paddingAll: '12px',
    cornerRadius: '8px',
    borderWidth: '1px',
    borderColor: '#1F4E5F',
    action: { type: 'postback', label, data, displayText: label },
    contents: [badge(String(index + 1)), text(label, { size: 'lg', weight: 'bold', flex: 1 })],
  };
}

function badge(sign: string): messagingApi.FlexBox {
  return {
    type: 'box',
    layout: 'vertical',
    width: '32px',
    height: '32px',
    cornerRadius: '16px',
    backgroundColor: '#E3EEF2',
    justifyContent: 'center',
    contents: [text(sign, { align: 'center', weight: 'bold', color: '#1F4E5F' })],
  };
}
