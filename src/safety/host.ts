/** What the host of a pasted address gives away about who it pretends to be. */
export type HostTrick =
  | 'userinfo'
  | 'punycode'
  | 'homoglyph'
  | 'embedded'
  | 'digit-for-letter'
  | 'brand-in-name'
  | 'typo';

const BRAND = 'amazon';
const BRAND_IN_JAPANESE = /アマゾン|あまぞん/;

/** Letters of other scripts that look Latin. Only those that occur in look-alikes of the brand's name and of `co.jp`. */
const TWINS: Readonly<Record<string, string>> = {
  а: 'a',
  α: 'a',
  ɑ: 'a',
  м: 'm',
  ʍ: 'm',
  ⅿ: 'm',
  ո: 'n',
  п: 'n',
  ν: 'v',
  о: 'o',
  ο: 'o',
  օ: 'o',
  с: 'c',
  ϲ: 'c',
  р: 'p',
  ρ: 'p',
  ј: 'j',
  ϳ: 'j',
  і: 'i',
  ι: 'i',
  е: 'e',
  ε: 'e',
  ᴢ: 'z',
  ʐ: 'z',
  ζ: 'z',
  ѕ: 's',
  һ: 'h',
  х: 'x',
  у: 'y',
};

/** Digits and letter pairs that pass for a letter at a glance. */
const LIKENESSES: readonly (readonly [RegExp, string])[] = [
  [/0/g, 'o'],
  [/4/g, 'a'],
  [/@/g, 'a'],
  [/2/g, 'z'],
  [/rn/g, 'm'],
  [/nn/g, 'm'],
  [/vv/g, 'w'],
];

/** Other Amazon addresses that exist; the name in them proves nothing, but is no trick either. */
const OTHER_AMAZON =
  /^(?:[a-z0-9-]+\.)*(?:amazon\.(?:com|ca|cn|de|fr|it|es|in|nl|se|pl|sg|ae|sa|eg|ie|co\.uk|co\.za|com\.(?:au|mx|br|tr|be))|amazonaws\.com|media-amazon\.com|ssl-images-amazon\.com|aboutamazon\.(?:jp|com)|primevideo\.com|amazon\.(?:jp|jobs)|amazon-press\.jp|amazon-adsystem\.com)$/;

export function isOtherAmazon(host: string): boolean {
  return OTHER_AMAZON.test(host);
}

/** After the real name comes another, behind a dot or a sign that passes for a slash. */
const GOES_ON = /(?:^|\.)amazon\.(?:co\.jp|com|jp)(?:\.|[^ -~])/;

/** The trick a host plays, or undefined. `official` hosts are asked about before this. */
export function hostTrick(host: string): HostTrick | undefined {
  const ascii = /^[ -~]*$/.test(host);
  const latin = untwinned(host);
  if (host.split('.').some((label) => label.startsWith('xn--'))) return 'punycode';
  if (isOtherAmazon(host)) return undefined;
  if (GOES_ON.test(host)) return 'embedded';
  if (!ascii && (latin.includes(BRAND) || alike(latin))) return 'homoglyph';
  if (BRAND_IN_JAPANESE.test(host)) return 'brand-in-name';
  const squeezed = host.replaceAll('-', '');
  if (squeezed.includes(BRAND)) return 'brand-in-name';
  if (alike(squeezed)) return 'digit-for-letter';
  return squeezed.split('.').some(isTypo) ? 'typo' : undefined;
}

function untwinned(host: string): string {
  return [...host].map((letter) => TWINS[letter] ?? letter.normalize('NFD').charAt(0)).join('');
}

function alike(host: string): boolean {
  return LIKENESSES.reduce((seen, [shape, letter]) => seen.replace(shape, letter), host).includes(
    BRAND,
  );
}

/** One letter lost, doubled, changed or swapped: `amazn`, `amazoon`, `amason`, `amzaon`. */
function isTypo(label: string): boolean {
  if (label === BRAND || Math.abs(label.length - BRAND.length) > 1) return false;
  for (let at = 0; at < BRAND.length; at += 1) {
    const head = BRAND.slice(0, at);
    const swapped = head + BRAND.charAt(at + 1) + BRAND.charAt(at) + BRAND.slice(at + 2);
    if (label === swapped || label === head + BRAND.slice(at + 1)) return true;
    if (
      label.length === BRAND.length &&
      label.startsWith(head) &&
      label.endsWith(BRAND.slice(at + 1))
    )
      return true;
  }
  if (label.length !== BRAND.length + 1) return false;
  for (let at = 0; at < label.length; at += 1)
    if (label.slice(0, at) + label.slice(at + 1) === BRAND) return true;
  return false;
}
