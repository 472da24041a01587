import { checkAction, inFlex, inFlexButton } from './action.ts';
import { bubbleSizes, directions, flexRules } from './flex-values.ts';
import { type Json, type Report, checkKeys, isObject } from './report.ts';

/** Stated as 30 KB and 50 KB; whether a KB is 1,000 or 1,024 is not, so the smaller is kept to. */
const MOST_BUBBLE_BYTES = 30_000;
const MOST_CAROUSEL_BYTES = 50_000;
const MOST_BUBBLES = 12;

/** A bubble or a carousel. Images, icons and videos are refused: no card of this bot has any. */
export function checkContainer(container: unknown, path: string, report: Report): void {
  if (!isObject(container)) return report(path, 'is required');
  if (container['type'] === 'bubble') return checkBubble(container, path, report);
  if (container['type'] !== 'carousel') return report(`${path}.type`, 'must be bubble or carousel');
  checkKeys(container, ['type', 'contents'], path, report);
  const bubbles = container['contents'];
  if (!Array.isArray(bubbles) || bubbles.length === 0)
    return report(`${path}.contents`, 'needs at least one bubble');
  if (bubbles.length > MOST_BUBBLES)
    report(`${path}.contents`, `holds ${bubbles.length} bubbles; LINE takes ${MOST_BUBBLES}`);
  const sizes = new Set(
    bubbles.map((one: unknown) => (isObject(one) ? (one['size'] ?? 'mega') : '')),
  );
  if (sizes.size > 1) report(`${path}.contents`, 'holds bubbles of different sizes');
  bubbles.forEach((one: unknown, index) => checkBubble(one, `${path}.contents[${index}]`, report));
  checkBytes(container, MOST_CAROUSEL_BYTES, path, report);
}

function checkBubble(bubble: unknown, path: string, report: Report): void {
  if (!isObject(bubble) || bubble['type'] !== 'bubble') return report(path, 'must be a bubble');
  checkKeys(
    bubble,
    ['type', 'size', 'direction', 'header', 'body', 'footer', 'action'],
    path,
    report,
  );
  checkBytes(bubble, MOST_BUBBLE_BYTES, path, report);
  for (const [key, rule] of [
    ['size', bubbleSizes],
    ['direction', directions],
  ] as const)
    if (bubble[key] !== undefined && !rule.fits(bubble[key]))
      report(`${path}.${key}`, `must be ${rule.takes}`);
  const blocks = ['header', 'body', 'footer'].filter((key) => bubble[key] !== undefined);
  if (blocks.length === 0) report(path, 'is empty');
  for (const block of blocks) checkComponent(bubble[block], `${path}.${block}`, ['box'], report);
  if (bubble['action'] !== undefined)
    checkAction(bubble['action'], `${path}.action`, inFlex, report);
}

const UPRIGHT = ['box', 'button', 'text', 'separator'];
/** In a baseline box LINE takes only icons, texts and fillers; of these the bot uses texts. */
const BASELINE = ['text'];

function checkComponent(
  component: unknown,
  path: string,
  allowed: readonly string[],
  report: Report,
): void {
  if (!isObject(component)) return report(path, 'must be a component');
  const type = String(component['type']);
  const rules = Object.hasOwn(flexRules, type) ? flexRules[type] : undefined;
  if (!rules || !allowed.includes(type))
    return report(
      `${path}.type`,
      `is "${type.slice(0, 20)}"; here stands one of ${allowed.join(', ')}`,
    );
  checkKeys(component, ['type', ...Object.keys(rules)], path, report);
  for (const [key, rule] of Object.entries(rules))
    if (component[key] !== undefined && !rule.fits(component[key]))
      report(`${path}.${key}`, `must be ${rule.takes}`);
  if (type === 'box') checkBox(component, path, report);
  if (type === 'text') checkWords(component, path, report);
  if (type === 'span') checkSpan(component, path, report);
  if (type === 'button') checkAction(component['action'], `${path}.action`, inFlexButton, report);
  else if (component['action'] !== undefined)
    checkAction(component['action'], `${path}.action`, inFlex, report);
}

function checkBox(box: Json, path: string, report: Report): void {
  if (box['layout'] === undefined) report(`${path}.layout`, 'is required');
  const contents = box['contents'];
  if (!Array.isArray(contents)) return report(`${path}.contents`, 'is required');
  const allowed = box['layout'] === 'baseline' ? BASELINE : UPRIGHT;
  contents.forEach((one: unknown, index) => {
    const place = `${path}.contents[${index}]`;
    checkComponent(one, place, allowed, report);
    if (box['layout'] !== 'baseline' || !isObject(one)) return;
    for (const key of ['gravity', 'offsetBottom'])
      if (one[key] !== undefined) report(`${place}.${key}`, 'has no place in a baseline box');
  });
}

/** Spans win over the text; one of them must say something. A line break needs `wrap`. */
function checkWords(text: Json, path: string, report: Report): void {
  const spans = text['contents'];
  if (spans !== undefined) {
    if (!Array.isArray(spans) || spans.length === 0)
      return report(`${path}.contents`, 'needs spans');
    spans.forEach((span: unknown, index) =>
      checkComponent(span, `${path}.contents[${index}]`, ['span'], report),
    );
    return;
  }
  checkSpan(text, path, report);
  const value = text['text'];
  if (typeof value === 'string' && value.includes('\n') && text['wrap'] !== true)
    report(`${path}.wrap`, 'must be true for a text of several lines');
}

/** How long a Flex text may be is not documented; 2,000 is accepted by all accounts (openclaw#132558). */
function checkSpan(text: Json, path: string, report: Report): void {
  const value = text['text'];
  if (typeof value !== 'string' || value.length === 0) report(`${path}.text`, 'must not be empty');
  else if (value.length > 2000)
    report(`${path}.text`, `is ${value.length} characters; keep to 2000`);
  else if (!value.isWellFormed())
    report(`${path}.text`, 'holds half a character (a lone surrogate)');
}

function checkBytes(container: Json, most: number, path: string, report: Report): void {
  const bytes = Buffer.byteLength(JSON.stringify(container));
  if (bytes > most) report(path, `is ${bytes} bytes of JSON; LINE takes ${most}`);
}
