import type { RichMenu } from '../../message/rich-menu.ts';
import { type LineAdmin, isMissing } from '../admin.ts';
import type { Asked } from '../ask.ts';
import { refusalWords } from '../refusal-words.ts';
import { isOurs, namedRichMenu } from './name.ts';

/** Stands for the menu that is in use, whichever version that is. */
const ALIAS = 'madoguchi-main';

/** LINE said no, or could not be reached. The message says at which step, and the remedy. */
export class LineRefused extends Error {
  override name = 'LineRefused';
}

export type Published = {
  id: string;
  /** What was done, in order, in Japanese; empty when everything was as it should be. */
  done: string[];
  /** What is left to do, and does no harm until then. */
  left: string[];
};

/**
 * Makes LINE show this menu to everybody: create, image, alias, default, then the old ones go. Each step looks first
 * whether it is done, so a run that broke off is finished by the next, and a second run changes nothing. Menus that
 * others made are left alone.
 * @throws LineRefused
 */
export async function publishRichMenu(
  admin: LineAdmin,
  menu: RichMenu,
  image: () => Promise<Uint8Array>,
): Promise<Published> {
  const done: string[] = [];
  const named = namedRichMenu(menu);
  const ours = (await must('リッチメニューの一覧', admin.richMenus())).richmenus.filter(isOurs);
  const shown = await unlessMissing('いまのリッチメニューの確認', admin.defaultRichMenu());
  const same = ours.filter(({ name }) => name === named.name);

  let id = (same.find(({ richMenuId }) => richMenuId === shown?.richMenuId) ?? same[0])?.richMenuId;
  if (id === undefined) {
    // Drawn first: what cannot be drawn must not leave an empty menu behind.
    const drawn = await image();
    await must('リッチメニューの点検', admin.validateRichMenu(named));
    id = (await must('リッチメニューの作成', admin.createRichMenu(named))).richMenuId;
    done.push('新しいリッチメニューを作りました。');
    await must('画像の登録', admin.uploadRichMenuImage(id, drawn));
    done.push(`画像を登録しました（${Math.ceil(drawn.length / 1024)} KB）。`);
  } else if (!(await hasImage(admin, id))) {
    const drawn = await image();
    await must('画像の登録', admin.uploadRichMenuImage(id, drawn));
    done.push('前回の続きで、画像を登録しました。');
  }

  const alias = await unlessMissing('別名の確認', admin.richMenuAlias(ALIAS));
  if (alias === undefined) {
    await must('別名の作成', admin.createRichMenuAlias(ALIAS, id));
    done.push(`別名 ${ALIAS} を作りました。`);
  } else if (alias.richMenuId !== id) {
    await must('別名のつけかえ', admin.updateRichMenuAlias(ALIAS, id));
    done.push(`別名 ${ALIAS} を新しいものに向けました。`);
  }
  if (shown?.richMenuId !== id) {
    await must('標準のリッチメニューの設定', admin.setDefaultRichMenu(id));
    done.push('すべての人に出るリッチメニューにしました。');
  }

  const old = ours.filter(({ richMenuId }) => richMenuId !== id);
  const left: string[] = [];
  let removed = 0;
  for (const { richMenuId } of old) {
    const answer = await admin.deleteRichMenu(richMenuId);
    if (answer.kind === 'ok' || isMissing(answer)) removed += 1;
    else {
      left.push(
        `古いものが ${old.length - removed} 個残りました（${reason(answer)}）。次に実行したとき消します。`,
      );
      break;
    }
  }
  if (removed > 0) done.push(`古いものを ${removed} 個消しました。`);
  return { id, done, left };
}

async function hasImage(admin: LineAdmin, id: string): Promise<boolean> {
  const answer = await admin.richMenuImage(id);
  if (isMissing(answer)) return false;
  await must('画像の確認', Promise.resolve(answer));
  return true;
}

async function must<T>(step: string, asked: Promise<Asked<T>>): Promise<T> {
  const answer = await asked;
  if (answer.kind === 'ok') return answer.value;
  const { what, remedy } = refusalWords(answer);
  throw new LineRefused(`${step}: ${what}\n→ ${remedy}`);
}

async function unlessMissing<T>(step: string, asked: Promise<Asked<T>>): Promise<T | undefined> {
  const answer = await asked;
  return isMissing(answer) ? undefined : must(step, Promise.resolve(answer));
}

function reason(answer: Asked<unknown>): string {
  return answer.kind === 'ok' ? '' : refusalWords(answer).what;
}
