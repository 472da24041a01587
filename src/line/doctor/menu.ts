import type { RichMenu } from '../../message/rich-menu.ts';
import { type LineAdmin, isMissing } from '../admin.ts';
import { refusalWords } from '../refusal-words.ts';
import { isOurs, namedRichMenu } from '../rich-menu/name.ts';
import { type Finding, check, ok, problem } from './finding.ts';

const id = 'rich-menu';
const title = 'リッチメニュー';
const publish = 'npm run line -- menu を実行してください。';

/** Whether everybody sees our rich menu, and as messages/ja/rich-menu.yaml has it now. */
export async function lookAtMenu(
  admin: Pick<LineAdmin, 'richMenus' | 'defaultRichMenu'>,
  menu: RichMenu | undefined,
): Promise<Finding> {
  if (!menu)
    return problem(
      id,
      title,
      'messages/ja/rich-menu.yaml に誤りがあり、比べられません。',
      'npm run line -- menu で誤りを見て、直してください（このままでは窓口も起動しません）。',
    );
  const [shown, all] = await Promise.all([admin.defaultRichMenu(), admin.richMenus()]);
  if (isMissing(shown)) return check(id, title, '出ていません（API で設定されたもの）。', publish);
  if (shown.kind !== 'ok' || all.kind !== 'ok') {
    const refused = shown.kind === 'ok' ? all : shown;
    const { what, remedy } =
      refused.kind === 'ok' ? { what: '', remedy: publish } : refusalWords(refused);
    return problem(id, title, what, remedy);
  }
  const current = all.value.richmenus.find(
    ({ richMenuId }) => richMenuId === shown.value.richMenuId,
  );
  if (!current || !isOurs(current))
    return check(id, title, '窓口のものではないリッチメニューが出ています。', publish);
  return current.name === namedRichMenu(menu).name
    ? ok(id, title, '最新のものが出ています。')
    : check(id, title, '古いものが出ています（rich-menu.yaml が変わりました）。', publish);
}
