import { nodeKinds } from '../node-kinds.ts';
import { dialogChart } from './dialog-chart.ts';
import { overview } from './overview.ts';
import type { Dialogs } from './read-dialogs.ts';
import { titleOf } from './wording.ts';

/** docs/dialogs.md: the map of all dialogs. The same content always gives the same page. */
export function mapPage(dialogs: Dialogs): string {
  const kinds = Object.entries(nodeKinds).map(
    ([kind, { name, does }]) => `- **${name}**（\`${kind}\`）… ${does}`,
  );
  const sections = [...dialogs].map(([name, { graph }]) =>
    [
      `## ${titleOf(dialogs, name)}（${name}）`,
      `流れ: [dialogs/${name}.yaml](../dialogs/${name}.yaml)　言葉: [messages/ja/${name}.yaml](../messages/ja/${name}.yaml)`,
      dialogChart(dialogs, name, graph),
    ].join('\n\n'),
  );
  const parts = [
    '# 会話の地図',
    'このページは `npm run map` が作ります。直すのは `dialogs/` と `messages/ja/` で、直したあとにもう一度 `npm run map` を実行してください（手では書きません）。直しかたは [editing.md](editing.md) にあります。',
    kinds.join('\n'),
    '## 全体',
    '実線は開いてそのまま進み、点線は終わると戻ってきます。メニューはどの話題も開けて、いつでも戻れるので、ここには描いていません。',
    overview(dialogs),
    ...sections,
  ];
  return `${parts.join('\n\n')}\n`;
}
