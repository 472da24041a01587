import { describe, expect, test } from 'vitest';
import { redact } from '../../src/safety/redact.ts';

describe('secrets are masked', () => {
  test.each([
    ['カードは4111111111111111です', 'カードは●●●●です', ['card']],
    ['4111 1111 1111 1111', '●●●●', ['card']],
    ['４１１１－１１１１－１１１１－１１１１', '●●●●', ['card']],
    ['3782-822463-10005 で払いました', '●●●● で払いました', ['card']],
    ['4111,1111,1111,1111', '●●●●', ['card']],
    ['4111_1111_1111_1111', '●●●●', ['card']],
    ['2026 4111 1111 1111 1111', '2026 ●●●●', ['card']],
    ['4111‐1111‐1111‐1111と5555555555554444', '●●●●と●●●●', ['card']],
    ['認証コードは123456です', '認証コードは●●●●です', ['code']],
    ['OTP 123456', 'OTP ●●●●', ['code']],
    ['コード 482910', 'コード ●●●●', ['code']],
    ['確認番号：１２３-４５６', '確認番号：●●●●', ['code']],
    ['482910という認証コードが来た', '●●●●という認証コードが来た', ['code']],
    ['482910という認証番号が来た', '●●●●という認証番号が来た', ['code']],
    ['「482910」が確認番号です', '「●●●●」が確認番号です', ['code']],
    ['セキュリティコードは123です', 'セキュリティコードは●●●●です', ['code']],
    ['暗証番号は1234', '暗証番号は●●●●', ['code', 'password']],
    ['your verification code is 998877', 'your verification code is ●●●●', ['code']],
    ['パスワードは abc123 です', 'パスワードは ●●●● です', ['password']],
    ['パスはtaro1950です', 'パスは●●●●です', ['password']],
    ['123456 is your Amazon OTP', '●●●● is your Amazon OTP', ['code']],
    ['PW: xxx-yyy', 'PW: ●●●●', ['password']],
    ['パスワードはhimitsuです', 'パスワードは●●●●です', ['password']],
    ['ﾊﾟｽﾜｰﾄﾞはtaro1950', 'ﾊﾟｽﾜｰﾄﾞは●●●●', ['password']],
    ['パスワードは「さくら」です', 'パスワードは「●●●●」です', ['password']],
    ['password is Tiger2000!', 'password is ●●●●', ['password']],
    ['パスワード　ｔａｒｏ１９５０', 'パスワード　●●●●', ['password']],
  ])('%s', (text, masked, found) => {
    const result = redact(text);
    expect(result.text).toBe(masked);
    expect(result.found.toSorted()).toEqual(found);
  });
});

describe('what is no secret stays', () => {
  test.each([
    '注文番号は250-1234567-1234567です',
    '２５０－１２３４５６７－１２３４５６７',
    '25012345671234567',
    '249-4111111-1111111',
    '0120-899-543に電話した',
    '伝票番号 1234-5678-9012',
    '4111 1111 1111 1112',
    '3,980円と12,345円と1,234,567円',
    '0000 0000 0000 0000',
    'パスワードを忘れました',
    'パスワードを123回も変えました',
    'パスワードは8文字以上ですか',
    '認証コードが届かないまま5000円引かれた',
    'エラーコード 123456 と出る',
    'JAN 4901234567894',
    'サービスパスは使えません',
    '問い合わせコード 12345678',
    '3月14日に15000円',
    'パスワードはAmazonの画面で変えました',
    'password reset の画面',
    '郵便番号は1234567',
    '😀👨‍👩‍👧‍👦‏مرحبا',
    '',
  ])('%s', (text) => {
    expect(redact(text)).toEqual({ text, found: [] });
  });
});

test('emoji and zero-width characters around a card do not break', () => {
  expect(redact('👨‍👩‍👧 41\u200b11 1111 1111 1111 👍').text).toBe('👨‍👩‍👧 ●●●● 👍');
});

test.each([
  ['digits', '4 '.repeat(20_000)],
  ['one long number', '4'.repeat(40_000)],
  ['passwords', 'パスワード'.repeat(8000)],
  ['codes', 'コード'.repeat(8000)],
])('a long text of %s is read to its end', (_name, text) => {
  expect(redact(`${text}。カードは4111111111111111`).text.endsWith('カードは●●●●')).toBe(true);
});
