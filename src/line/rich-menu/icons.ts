import type { RichMenuIcon } from '../../message/rich-menu.ts';

/** Drawn for this bot on a field of 24 by 24, as strokes of the ink that the tile has. `dot` and `glyph` are filled. */
export const icons: Readonly<Record<RichMenuIcon, string>> = {
  phone:
    '<path d="M6.8 3.2 3.8 5.8C3.6 13.7 10.3 20.4 18.2 20.2l2.6-3-4.4-3.5-2.4 2C11.5 14.6 9.4 12.5 8.3 10l2-2.4z"/>',
  chat: '<path d="M4 4.5h16v11.5H11.5L7 20v-4H4z"/><path d="M8 8.6h8M8 12h5"/>',
  parcel:
    '<path d="M12 2.8 20 7v9.8L12 21.2 4 16.8V7z"/><path d="M4 7l8 4.3L20 7M12 11.3v9.9M8 4.9l8 4.3"/>',
  return: '<path d="M8.5 4 4.5 8l4 4"/><path d="M4.5 8H14a5.5 5.5 0 0 1 0 11H7.5"/>',
  language:
    '<path d="M4 4h16v12.5H12.5L8 20.5v-4H4z"/><text x="12" y="13.6" text-anchor="middle" font-size="9.4" class="glyph">あ</text>',
  bell: '<path d="M12 3.2a6 6 0 0 0-6 6v4.6L4.2 17h15.6L18 13.8V9.2a6 6 0 0 0-6-6z"/><path d="M9.7 20.2a2.6 2.6 0 0 0 4.6 0"/>',
  question:
    '<circle cx="12" cy="12" r="8.8"/><path d="M9.3 9.6a2.8 2.8 0 1 1 4.4 2.3c-1 .7-1.7 1.2-1.7 2.3"/><circle cx="12" cy="17.1" r=".9" class="dot"/>',
  menu: '<path d="M4.5 6.5h15M4.5 12h15M4.5 17.5h15"/>',
};
