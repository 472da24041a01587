import { hex32 } from './id.ts';

export type RichMenuImage = { bytes: Buffer; type: 'image/png' | 'image/jpeg' };
export type StoredRichMenu = { id: string; menu: Record<string, unknown>; image?: RichMenuImage };

/** The account's rich menus, their aliases, and which one everybody sees. */
export function createRichMenus() {
  const menus = new Map<string, StoredRichMenu>();
  const aliases = new Map<string, string>();
  let defaultId: string | undefined;
  return {
    list: () => [...menus.values()],
    find: (id: string) => menus.get(id),
    add(menu: Record<string, unknown>): StoredRichMenu {
      const one: StoredRichMenu = { id: `richmenu-${hex32()}`, menu };
      menus.set(one.id, one);
      return one;
    },
    remove(id: string): boolean {
      if (defaultId === id) defaultId = undefined;
      return menus.delete(id);
    },
    aliases,
    /** What everybody sees under the chat; undefined: nothing. */
    default: () => (defaultId === undefined ? undefined : menus.get(defaultId)),
    setDefault: (id: string | undefined) => void (defaultId = id),
  };
}
