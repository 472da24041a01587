/**
 * What keeps an address from being a webhook, each as a sentence for the operator. `local`: LINE is played on this
 * machine, and so may the bot be. https://developers.line.biz/en/reference/messaging-api/#set-webhook-endpoint-url
 */
export function webhookUrlFaults(text: string, local: boolean): string[] {
  const url = URL.parse(text);
  if (!url)
    return ['URL として読めません。https://（あなたのドメイン）/webhook の形で書いてください。'];
  const here = isLoopback(url.hostname);
  const faults: string[] = [];
  if (here && !local)
    faults.push(
      'この機械だけの名前です。LINE から届く、外に公開されたドメインの名前を使ってください。',
    );
  if (url.protocol !== 'https:' && !(here && local))
    faults.push('https:// で始まる URL にしてください（LINE は http には送りません）。');
  if (text.length > 500) faults.push('長すぎます（500文字まで）。');
  if (url.username !== '' || url.password !== '')
    faults.push('URL にユーザー名やパスワードを入れないでください。');
  if (url.hash !== '') faults.push('# より後ろは届きません。消してください。');
  return faults;
}

export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** For showing: without a query, which may hold a key. */
export function shownUrl(text: string): string {
  const url = URL.parse(text);
  return url
    ? `${url.protocol}//${url.host}${url.pathname}${url.search ? '?…' : ''}`
    : '（読めない URL）';
}
