import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Config, ConfigError, type LineSettings } from '../config.ts';
import { loadRichMenu } from '../content/load-rich-menu.ts';
import { ContentError } from '../content/problem.ts';
import type { RichMenu } from '../message/rich-menu.ts';
import { type LineAdmin, createLineAdmin } from './admin.ts';
import { examine } from './doctor/doctor.ts';
import { reportOf } from './doctor/report.ts';
import { imageOf } from './rich-menu/image.ts';
import { LineRefused, publishRichMenu } from './rich-menu/publish.ts';
import { hideSecrets } from './secrets.ts';
import { setWebhook } from './set-webhook.ts';

export type ExitCode = 0 | 1 | 2;

export type LineCommand = {
  args: readonly string[];
  /** Reads the settings; may throw ConfigError. */
  readConfig: () => Config;
  /** Where dialogs/ and messages/ are. */
  root: string;
  /** ms since 1970. */
  clock: () => number;
  nodeVersion: string;
  /** How long one call to LINE may take. */
  timeoutMs?: number;
  print: (text: string) => void;
};

const usage = `使い方:
  npm run line -- doctor [--json]               設定・LINE・保存先を点検します（何も変えません）
  npm run line -- menu                          リッチメニューを messages/ja/rich-menu.yaml のとおりにします
  npm run line -- menu --image 絵.png           リッチメニューの絵だけを描きます（LINE には触れません）
  npm run line -- webhook https://…/webhook     Webhook URL を検証して設定します（--force で検証に落ちても設定）

終了コード: 0 よい（要確認があっても 0）、1 問題あり、2 設定か書き方の誤り`;

/** The command line for operators. Exit codes: 0 well, 1 something is wrong, 2 settings or arguments are not usable. */
export async function runLine(command: LineCommand): Promise<ExitCode> {
  const given = read(command.args);
  if (!given) {
    command.print(usage);
    return 2;
  }
  const { name, url, json, force, image } = given;
  try {
    if (name === 'menu' && image !== undefined) return await drawOnly(command, image);
    const config = liveOnly(command.readConfig());
    const hidden = { ...command, print: hideSecrets(config, command.print) };
    const admin = createLineAdmin({
      ...config.line,
      accessToken: config.line.channelAccessToken,
      clock: command.clock,
      ...(command.timeoutMs !== undefined && { totalTimeoutMs: command.timeoutMs }),
    });
    try {
      if (name === 'doctor') return await doctor(hidden, config, admin, json);
      if (name === 'menu') return await menu(hidden, admin);
      const { apiBaseUrl } = config.line;
      return await setWebhook({ admin, url, apiBaseUrl, force, print: hidden.print });
    } finally {
      await admin.close();
    }
  } catch (error) {
    return explain(error, json, command.print);
  }
}

async function doctor(
  { root, nodeVersion, print }: LineCommand,
  config: Config & { line: LineSettings },
  admin: LineAdmin,
  json: boolean,
): Promise<ExitCode> {
  const { menu: richMenu } = loadRichMenu(root);
  const findings = await examine({ config, admin, menu: richMenu, nodeVersion });
  const exitCode = findings.some(({ state }) => state === 'problem') ? 1 : 0;
  print(json ? JSON.stringify({ exitCode, findings }, undefined, 2) : reportOf(findings));
  return exitCode;
}

async function menu(command: LineCommand, admin: LineAdmin): Promise<ExitCode> {
  const richMenu = contentOf(command);
  const { done, left } = await publishRichMenu(admin, richMenu, () => imageOf(richMenu));
  for (const line of done) command.print(`✓ ${line}`);
  for (const line of left) command.print(`△ ${line}`);
  command.print(
    done.length > 0
      ? 'トークを開き直すと（長くて1分ほどで）新しいメニューが出ます。パソコン版の LINE には出ません。'
      : '✓ 変わったところはありません。',
  );
  return 0;
}

async function drawOnly(command: LineCommand, file: string): Promise<ExitCode> {
  const png = await imageOf(contentOf(command));
  try {
    await writeFile(file, png);
  } catch (cause) {
    const what = `${file} に書けません。フォルダーがあるか、書く権限があるかを確かめてください。`;
    throw new ConfigError([what], { cause });
  }
  command.print(`✓ ${file} に描きました（${Math.ceil(png.length / 1024)} KB）。`);
  return 0;
}

function contentOf({ root }: LineCommand): RichMenu {
  const { menu: found, problems } = loadRichMenu(root);
  if (!found) throw new ContentError(problems);
  return found;
}

function liveOnly(config: Config): Config & { line: LineSettings } {
  if (config.mode === 'live') return config;
  throw new ConfigError([
    'LINE の鍵（LINE_CHANNEL_SECRET と LINE_CHANNEL_ACCESS_TOKEN）がありません。.env に書いてください。どこにあるかは docs/operating.md にあります。',
  ]);
}

function explain(error: unknown, json: boolean, print: (text: string) => void): ExitCode {
  if (error instanceof ConfigError || error instanceof ContentError) {
    const problems = error instanceof ConfigError ? error.problems : [error.message];
    print(json ? JSON.stringify({ exitCode: 2, problems }, undefined, 2) : error.message);
    return 2;
  }
  if (error instanceof LineRefused) {
    print(`✗ ${error.message}`);
    return 1;
  }
  throw error;
}

function read(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
        image: { type: 'string' },
      },
    });
    const [name, url = '', ...more] = positionals;
    const known = name === 'doctor' || name === 'menu' || name === 'webhook';
    if (!known || more.length > 0 || (name === 'webhook') !== (url !== '')) return undefined;
    return { name, url, ...values };
  } catch {
    return undefined;
  }
}
