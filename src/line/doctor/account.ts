import { type LineAdmin, isMissing } from '../admin.ts';
import type { Refusal } from '../outcome.ts';
import { refusalWords } from '../refusal-words.ts';
import { shownUrl } from '../webhook-url.ts';
import { webhookVerdict } from '../webhook-verdict.ts';
import { type Finding, check, ok, problem } from './finding.ts';

const CLOCK_CHECK_MS = 5000;
const CLOCK_PROBLEM_MS = 30_000;

/** The token, what the console says of the chat, and the clock: one call tells all three. */
export async function lookAtAccount(
  admin: Pick<LineAdmin, 'botInfo'>,
): Promise<{ usable: boolean; findings: Finding[] }> {
  const answer = await admin.botInfo();
  if (answer.kind !== 'ok') {
    const { what, remedy } = refusalWords(answer);
    return { usable: false, findings: [problem('token', 'トークン', what, remedy)] };
  }
  const { basicId, displayName, chatMode } = answer.value;
  return {
    usable: true,
    findings: [
      ok('token', 'トークン', `使えます（${displayName} ${basicId}）。`),
      chatMode === 'chat'
        ? check(
            'chat',
            'チャット',
            '「チャット」がオンです（人が手で返信する使い方）。',
            '人が答えないなら、LINE Official Account Manager →「設定」→「応答設定」で「チャット」をオフにしてください。',
          )
        : ok('chat', 'チャット', 'オフです（返事は窓口だけがします）。'),
      clockOf(answer.aheadMs),
    ],
  };
}

function clockOf(aheadMs: number | undefined): Finding {
  const title = '時計';
  const remedy =
    'サーバーの時刻合わせ（NTP、chrony や systemd-timesyncd）を動かしてください。お知らせの時刻がずれます。';
  if (aheadMs === undefined) return check('clock', title, 'LINE の時刻がわかりません。', remedy);
  const size = Math.abs(aheadMs);
  if (size < CLOCK_CHECK_MS) return ok('clock', title, 'LINE の時計と合っています。');
  const says = `LINE の時計より ${Math.round(size / 1000)} 秒${aheadMs > 0 ? '進んで' : '遅れて'}います。`;
  return size < CLOCK_PROBLEM_MS
    ? check('clock', title, says, remedy)
    : problem('clock', title, says, remedy);
}

/** The address that is set, whether it is used, and whether LINE reaches it. */
export async function lookAtWebhook(
  admin: Pick<LineAdmin, 'webhook' | 'testWebhook'>,
): Promise<Finding[]> {
  const id = 'webhook';
  const title = 'Webhook';
  const answer = await admin.webhook();
  if (isMissing(answer))
    return [
      problem(
        id,
        title,
        'Webhook URL がまだありません。',
        'npm run line -- webhook https://（あなたのドメイン）/webhook を実行してください。',
      ),
    ];
  if (answer.kind !== 'ok') {
    const { what, remedy } = refusalWords(answer);
    return [problem(id, title, what, remedy)];
  }
  const { endpoint, active } = answer.value;
  const findings = [
    active
      ? ok(id, title, `${shownUrl(endpoint)}（利用はオン）`)
      : problem(
          id,
          title,
          `${shownUrl(endpoint)} ですが、「Webhookの利用」がオフです。`,
          'LINE Developers コンソール →「Messaging API設定」→「Webhookの利用」をオンにしてください。',
        ),
  ];
  const test = await admin.testWebhook();
  const trouble = test.kind === 'ok' ? webhookVerdict(test.value) : refusalWords(test);
  // That LINE does not test more often says nothing of the webhook.
  const limited = test.kind === 'rateLimited';
  if (!trouble) findings.push(ok('webhook-test', 'Webhookの検証', 'LINE から届きました。'));
  else {
    const make = limited ? check : problem;
    findings.push(make('webhook-test', 'Webhookの検証', trouble.what, trouble.remedy));
  }
  return findings;
}

/** What no call tells: where to look. */
export function lookByYourself(): Finding[] {
  return [
    check(
      'redelivery',
      'Webhookの再送',
      'API からは見えません。',
      'LINE Developers コンソール →「Messaging API設定」→「Webhookの再送」がオンかを見てください（オフだと、窓口が止まっていた間の言葉が失われます）。',
    ),
    check(
      'greeting',
      'あいさつ・応答メッセージ',
      'API からは見えません。',
      'LINE Official Account Manager →「設定」→「応答設定」で、「あいさつメッセージ」と「応答メッセージ」がオフかを見てください（オンだと、返事が二つ届きます）。',
    ),
  ];
}

/** This month's messages that the plan allows. Replies are free; only reminders and pushes count. */
export async function lookAtQuota(
  admin: Pick<LineAdmin, 'quota' | 'consumption'>,
): Promise<Finding> {
  const id = 'quota';
  const title = '送信数';
  const [limit, used] = await Promise.all([admin.quota(), admin.consumption()]);
  if (limit.kind !== 'ok') return refused(limit);
  if (used.kind !== 'ok') return refused(used);
  const { totalUsage } = used.value;
  const { value } = limit.value;
  if (value === undefined) return ok(id, title, `今月 ${totalUsage} 通（上限なし）。`);
  const left = Math.max(0, value - totalUsage);
  const says = `今月 ${totalUsage} / ${value} 通（残り ${left}）。`;
  const remedy =
    '返信は無料で、止まりません。お知らせ（リマインド）は残りがなくなると次の会話まで預かります。LINE Official Account Manager →「設定」→「利用と請求」でプランを見直せます。';
  return left > value * 0.1 ? ok(id, title, says) : check(id, title, says, remedy);
}

function refused(refusal: Refusal): Finding {
  const { what, remedy } = refusalWords(refusal);
  return problem('quota', '送信数', what, remedy);
}
