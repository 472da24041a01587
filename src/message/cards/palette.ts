/**
 * Every colour of the cards. Texts reach at least 4.5:1 on the ground they stand on, and edges of what can be tapped
 * 3:1 (WCAG 2.2 AA, 1.4.3 and 1.4.11); test/message/contrast.test.ts measures it on what is rendered.
 */
export const palette = {
  paper: '#FFFFFF',
  ink: '#17262B',
  soft: '#46575D',
  accent: '#0B5A57',
  accentInk: '#FFFFFF',
  tint: '#E6F1EF',
  row: '#F4F9F8',
  edge: '#5F8C88',
  line: '#D5E0DE',
  quote: '#F5F6F3',
  cautionGround: '#FFF3D6',
  cautionInk: '#5E3B00',
} as const;

/** Ground and ink of the three tones; their word and sign carry the meaning, the colour only supports it. */
export const tonePalette = {
  info: { ground: '#E7F0FA', ink: '#123F6B' },
  care: { ground: '#FFF0CC', ink: '#5E3B00' },
  urgent: { ground: '#FCE8E6', ink: '#86180F' },
} as const;
