import { type Report, checkKeys, checkText, isObject } from './report.ts';

/** Where an action stands decides how long its label may be and whether it must have one. */
type Spot = { most: number; required: boolean; quickReply: boolean };

export const inQuickReply: Spot = { most: 20, required: true, quickReply: true };
export const inFlexButton: Spot = { most: 40, required: true, quickReply: false };
export const inFlex: Spot = { most: 40, required: false, quickReply: false };

const KEYS: Readonly<Record<string, readonly string[]>> = {
  postback: ['data', 'displayText', 'inputOption', 'fillInText'],
  message: ['text'],
  uri: ['uri', 'altUri'],
  datetimepicker: ['data', 'mode', 'initial', 'max', 'min'],
  clipboard: ['clipboardText'],
  camera: [],
  cameraRoll: [],
  location: [],
};

const QUICK_REPLY_ONLY = new Set(['camera', 'cameraRoll', 'location']);

/** LINE reference, "Action objects". */
export function checkAction(action: unknown, path: string, spot: Spot, report: Report): void {
  if (!isObject(action)) return report(path, 'must be an action');
  const type = String(action['type']);
  const keys = Object.hasOwn(KEYS, type) ? KEYS[type] : undefined;
  if (!keys) return report(`${path}.type`, 'is not a kind of action that is allowed here');
  if (QUICK_REPLY_ONLY.has(type) && !spot.quickReply)
    report(`${path}.type`, 'is allowed in quick replies only');
  checkKeys(action, ['type', 'label', ...keys], path, report);
  checkText(action, 'label', path, report, spot);

  switch (type) {
    case 'postback':
      checkText(action, 'data', path, report, { most: 300, required: true });
      checkText(action, 'displayText', path, report, { most: 300 });
      checkInput(action, path, report);
      break;
    case 'message':
      checkText(action, 'text', path, report, { most: 300, required: true });
      break;
    case 'uri':
      checkUri(action['uri'], `${path}.uri`, report);
      if (action['altUri'] !== undefined) checkAltUri(action['altUri'], path, spot, report);
      break;
    case 'datetimepicker':
      checkText(action, 'data', path, report, { most: 300, required: true });
      checkPicker(action, path, report);
      break;
    case 'clipboard':
      checkText(action, 'clipboardText', path, report, { most: 1000, required: true });
      break;
  }
}

const INPUTS = ['closeRichMenu', 'openRichMenu', 'openKeyboard', 'openVoice'];

function checkInput(action: Readonly<Record<string, unknown>>, path: string, report: Report): void {
  const input = action['inputOption'];
  if (input !== undefined && !INPUTS.some((known) => known === input))
    report(`${path}.inputOption`, `must be one of ${INPUTS.join(', ')}`);
  if (action['fillInText'] === undefined) return;
  checkText(action, 'fillInText', path, report, { most: 300 });
  if (input !== 'openKeyboard') report(`${path}.fillInText`, 'works with openKeyboard only');
}

function checkUri(uri: unknown, path: string, report: Report): void {
  if (typeof uri !== 'string') return report(path, 'is required');
  if (uri.length > 1000) report(path, `is ${uri.length} characters; LINE takes 1000`);
  if (!/^(?:https?:\/\/|line:\/\/|tel:)[^\s]+$/.test(uri))
    report(path, 'must begin with http://, https://, line:// or tel: and hold no blanks');
  // A character beyond ASCII must be percent-encoded (reference: "URL encoding").
  if (!/^[\x21-\x7e]*$/.test(uri)) report(path, 'must be percent-encoded');
}

function checkAltUri(alt: unknown, path: string, spot: Spot, report: Report): void {
  if (spot.quickReply) report(`${path}.altUri`, 'does not work in quick replies');
  if (isObject(alt)) checkUri(alt['desktop'], `${path}.altUri.desktop`, report);
  else report(`${path}.altUri`, 'must be an object with desktop');
}

const DATE = /^(?:19\d\d|20\d\d|2100)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

function fits(mode: string, value: string): boolean {
  if (mode === 'date') return DATE.test(value);
  if (mode === 'time') return TIME.test(value);
  return (
    DATE.test(value.slice(0, 10)) && /^[Tt]$/.test(value.charAt(10)) && TIME.test(value.slice(11))
  );
}

function checkPicker(
  action: Readonly<Record<string, unknown>>,
  path: string,
  report: Report,
): void {
  const mode = String(action['mode']);
  if (!['date', 'time', 'datetime'].includes(mode))
    return report(`${path}.mode`, 'must be date, time or datetime');
  for (const key of ['initial', 'min', 'max']) {
    const value = action[key];
    if (value !== undefined && !(typeof value === 'string' && fits(mode, value)))
      report(`${path}.${key}`, `is not a ${mode} that LINE takes`);
  }
  const { initial, min, max } = action;
  if (typeof min === 'string' && typeof max === 'string' && !(min < max))
    report(`${path}.min`, 'must be before max');
  if (typeof initial !== 'string') return;
  if (typeof min === 'string' && initial < min) report(`${path}.initial`, 'is before min');
  if (typeof max === 'string' && initial > max) report(`${path}.initial`, 'is after max');
}
