import type { LineAdmin } from './admin.ts';
import { refusalWords } from './refusal-words.ts';
import { isLoopback, shownUrl, webhookUrlFaults } from './webhook-url.ts';
import { webhookVerdict } from './webhook-verdict.ts';

/**
 * Tests the address from LINE's side, then sets it: an address that does not work is not put in the place of one that
 * does, unless `force`d. Returns the exit code.
 */
export async function setWebhook({
  admin,
  url,
  apiBaseUrl,
  force,
  print,
}: {
  admin: Pick<LineAdmin, 'webhook' | 'setWebhook' | 'testWebhook'>;
  url: string;
  apiBaseUrl: string;
  force: boolean;
  print: (line: string) => void;
}): Promise<0 | 1 | 2> {
  const faults = webhookUrlFaults(url, isLoopback(new URL(apiBaseUrl).hostname));
  if (faults.length > 0) {
    for (const fault of faults) print(`✗ ${fault}`);
    return 2;
  }
  if (new URL(url).pathname !== '/webhook')
    print(
      '△ 窓口が待っている場所は /webhook です。プロキシで変えているのでなければ、直してください。',
    );

  const trouble = await test(admin, url);
  if (trouble) {
    print(`✗ LINE からの検証: ${trouble.what}`);
    print(`  → ${trouble.remedy}`);
    if (!force) {
      print('Webhook URL は変えていません（それでも設定するには --force をつけます）。');
      return 1;
    }
  } else print('✓ LINE からの検証: 届きました。');

  const before = await admin.webhook();
  if (before.kind === 'ok' && before.value.endpoint === url)
    print(`✓ Webhook URL: ${shownUrl(url)}（前と同じです）`);
  else {
    const set = await admin.setWebhook(url);
    if (set.kind !== 'ok') {
      const { what, remedy } = refusalWords(set);
      print(`✗ Webhook URL を設定できません。${what}\n  → ${remedy}`);
      return 1;
    }
    print(`✓ Webhook URL: ${shownUrl(url)} にしました（行きわたるまで1分ほどかかります）。`);
  }

  const after = await admin.webhook();
  if (after.kind === 'ok' && !after.value.active) {
    print('✗ 「Webhookの利用」がオフです。このままではメッセージが届きません。');
    print(
      '  → LINE Developers コンソール →「Messaging API設定」→「Webhookの利用」をオンにしてください。',
    );
    return 1;
  }
  print('△ 「Webhookの再送」は API では変えられません。同じ画面でオンにしてください。');
  return trouble ? 1 : 0;
}

async function test(admin: Pick<LineAdmin, 'testWebhook'>, url: string) {
  const answer = await admin.testWebhook(url);
  if (answer.kind === 'ok') return webhookVerdict(answer.value);
  const words = refusalWords(answer);
  return answer.kind === 'rejected'
    ? { ...words, remedy: '外に公開されたドメインの https:// の URL かを確かめてください。' }
    : words;
}
