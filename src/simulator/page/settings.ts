import { button, h } from './element.ts';
import { sheet } from './sheet.ts';

export type Settings = { fontScale: number; pc: boolean };

const remembered = 'madoguchi-try-settings';

const fonts: [number, string][] = [
  [1, '標準'],
  [1.2, '大'],
  [1.45, '特大'],
];
const screens: [boolean, string][] = [
  [false, 'スマートフォン'],
  [true, 'PC版（返事の候補は出ません）'],
];

/** As this browser had them last. */
export function readSettings(): Settings {
  const { fontScale, pc } = JSON.parse(
    localStorage.getItem(remembered) ?? '{}',
  ) as Partial<Settings>;
  return {
    fontScale: fonts.some(([known]) => known === fontScale) ? Number(fontScale) : 1,
    pc: pc === true,
  };
}

/** The sheet of the settings; each choice counts and is kept at once. */
export function openSettings(
  settings: Settings,
  blocked: boolean,
  on: { change(settings: Settings): void; block(): void; reset(): void },
): void {
  let now = settings;
  const change = (part: Partial<Settings>) => {
    now = { ...now, ...part };
    localStorage.setItem(remembered, JSON.stringify(now));
    on.change(now);
  };
  sheet('設定', (close) => {
    const then = (act: () => void) => () => {
      close();
      act();
    };
    return [
      radios('文字サイズ', fonts, now.fontScale, (fontScale) => change({ fontScale })),
      radios('画面', screens, now.pc, (pc) => change({ pc })),
      button('', blocked ? 'ブロックを解除する' : 'ブロックする', then(on.block)),
      button('', '最初からやり直す', then(on.reset)),
    ];
  });
}

function radios<Value>(
  title: string,
  options: [Value, string][],
  current: Value,
  onChange: (value: Value) => void,
): HTMLElement {
  const field = h('fieldset', '', h('legend', '', title));
  for (const [value, label] of options) {
    const input = h('input', '');
    input.type = 'radio';
    input.name = title;
    input.checked = value === current;
    input.addEventListener('change', () => onChange(value));
    field.append(h('label', '', input, label));
  }
  return field;
}
