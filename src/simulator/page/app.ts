import type { Chat, Entry, MenuView, News, State, User } from '../wire.ts';
import { setClock, showClock } from './clock.ts';
import { createComposer } from './composer.ts';
import { byId } from './element.ts';
import type { Draw } from './flex/types.ts';
import { createInspector } from './inspector.ts';
import { createLab } from './lab.ts';
import { openOwnMessage } from './own-message.ts';
import { showPeople } from './people.ts';
import { perform, type Chatting } from './perform.ts';
import { quickReply, staysAfterTap } from './quick-reply.ts';
import { createRichMenu } from './rich-menu.ts';
import { get, listen, post } from './server.ts';
import { openSettings, type Settings } from './settings.ts';
import { createTalk } from './talk.ts';
import { toast } from './toast.ts';

/** The chat page: one user's chat at a time, kept by the server; only which user is open is kept here. */
const remembered = 'madoguchi-try-user';
let settings: Settings = { fontScale: 1, pc: false };
let users: User[] = [];
let menu: MenuView | null = null;
let userId: string | undefined;
let chipsUsed = false;
/** What was heard while a chat was being loaded: it may be newer than what comes back. */
const heard = new Set<Entry[]>();
/** The open chat as it was before the bot was started anew: LINE's side lives in the same process. */
let earlier: { userId?: string; entries: readonly Entry[] } = { entries: [] };

const chatting: Chatting = {
  say: (text) => void send('/text', { text }),
  postback: (data, displayText, params) =>
    void send('/postback', {
      data,
      ...(displayText && { displayText }),
      ...(params && { params }),
    }),
  type: (text) => composer.type(text),
  isPc: () => settings.pc,
};
const draw: Draw = { onAction: (action) => perform(action, chatting), isPc: () => settings.pc };
const chipDraw: Draw = {
  ...draw,
  onAction(action) {
    if (!staysAfterTap(action)) {
      chipsUsed = true;
      showChips();
      if (action.type === 'uri' || action.type === 'clipboard') void send('/chips-used', {});
    }
    perform(action, chatting);
  },
};
const talk = createTalk(byId('log', HTMLElement), draw, openMore);
const composer = createComposer({
  text: (text) => send('/text', { text }),
  media: (media) => void send('/media', { media }),
});
const inspector = createInspector(() => userId);
const richMenu = createRichMenu((action) => perform(action, chatting));
const lab = createLab({
  userId: () => userId,
  name: () => users.find((user) => user.userId === userId)?.name ?? '',
  isBlocked,
  block: () => void toggleBlock(),
  played: (id) => void loadUsers().then(() => open(id)),
});

/** Whether the bot's side took it. */
async function send(path: string, body: object): Promise<boolean> {
  if (!userId) return false;
  try {
    await post(path, { userId, ...body });
    return true;
  } catch {
    toast('送信できませんでした');
    return false;
  }
}

function isBlocked(): boolean {
  return users.find((user) => user.userId === userId)?.blocked ?? false;
}

function showChips(): void {
  const last = talk.last();
  const shown = last?.from === 'bot' && !chipsUsed && !settings.pc && !isBlocked();
  const row = shown ? quickReply(last.message, chipDraw) : undefined;
  const place = byId('replies', HTMLElement);
  if (!row && !place.firstChild) return;
  // With the chip that a keyboard has pressed the focus would be gone, and the way back leads over the whole page.
  // Not after a tap: the field would open the phone's keyboard.
  const pressed = place.querySelector(':focus-visible') !== null;
  place.replaceChildren(...(row ? [row] : []));
  if (pressed) composer.focus();
  const log = byId('log', HTMLElement);
  log.scrollTop = log.scrollHeight;
}

async function loadUsers(): Promise<void> {
  const state = await get<State>('/state');
  ({ users, menu } = state);
  setClock(state);
  if (!users.some((user) => user.userId === userId)) {
    const kept = localStorage.getItem(remembered);
    userId = (users.find((user) => user.userId === kept) ?? users[0])?.userId;
  }
}

async function loadChat(): Promise<void> {
  if (userId) {
    const since: Entry[] = [];
    heard.add(since);
    const chat = await get<Chat>(`/chat/${userId}`).finally(() => heard.delete(since));
    // Another tab may have been chosen while this one was loading.
    if (chat.userId !== userId) return;
    chipsUsed = chat.chipsUsed;
    talk.show([...(earlier.userId === userId ? earlier.entries : []), ...chat.entries]);
    for (const entry of since) talk.put(entry);
  }
  showFrame();
  inspector.refresh();
  lab.refresh();
}

function showFrame(): void {
  showPeople(users, userId, { open: (id) => void open(id), add: () => void addUser() });
  byId('blocked', HTMLElement).hidden = !isBlocked();
  composer.enable(!isBlocked());
  // LINE on a PC has no rich menu, and who has blocked the account sees none.
  richMenu.show(menu, !settings.pc && !isBlocked());
  showChips();
}

async function open(id: string): Promise<void> {
  userId = id;
  localStorage.setItem(remembered, id);
  await loadChat();
}

/** `before`: somebody who comes back, if the bot still knows them. */
async function addUser(before?: User): Promise<void> {
  try {
    const asked = before ? { userId: before.userId, name: before.name } : {};
    const user = await post<User>('/users', asked);
    await loadUsers();
    await open(user.userId);
  } catch {
    toast('これ以上ユーザーを増やせません');
  }
}

async function reload(): Promise<void> {
  byId('offline', HTMLElement).hidden = true;
  const before = users;
  const shown = { userId, entries: [...talk.entries()] };
  await loadUsers();
  // The first visit adds the account as a friend, as anybody does in LINE before the first word.
  if (before.length + users.length === 0) return addUser();
  const gone = before.filter((user) => !users.some(({ userId: id }) => id === user.userId));
  const last = gone.find((user) => user.userId === shown.userId);
  if (last) earlier = { ...shown, userId: last.userId };
  // The bot was started anew: everybody comes back, and last whoever is shown.
  for (const { userId: id, name } of gone)
    if (id !== shown.userId) await post('/users', { userId: id, name }).catch(() => undefined);
  if (last) return addUser(last);
  if (gone.length > 0) await loadUsers();
  return loadChat();
}

function hear(news: News): void {
  inspector.refresh();
  lab.refresh();
  if (news.type === 'clock') setClock(news);
  if (news.type === 'users') void loadUsers().then(loadChat);
  if (!('userId' in news) || news.userId !== userId) return;
  if (news.type === 'loading') talk.wait(news.seconds);
  if (news.type === 'entry') {
    for (const since of heard) since.push(news.entry);
    if (news.entry.from === 'bot') chipsUsed = false;
    talk.put(news.entry);
    showChips();
  }
}

function openMore({ message, messageId }: Entry): void {
  openOwnMessage(message, () => void send('/unsend', { messageId }));
}

async function toggleBlock(): Promise<void> {
  await post(isBlocked() ? '/unblock' : '/block', { userId });
  await loadUsers();
  showFrame();
}

byId('unblock', HTMLButtonElement).addEventListener('click', () => void toggleBlock());
byId('settings', HTMLButtonElement).addEventListener('click', () =>
  openSettings(settings, isBlocked(), {
    change(next) {
      settings = next;
      document.documentElement.style.setProperty('--font-scale', String(next.fontScale));
      talk.fit();
      showFrame();
    },
    block: () => void toggleBlock(),
    reset() {
      earlier = { entries: [] };
      void send('/reset', {});
    },
  }),
);
byId('clock', HTMLButtonElement).addEventListener('click', () => lab.openClock());
setInterval(showClock, 5000);
addEventListener('resize', () => talk.fit());
listen(
  () => void reload(),
  () => (byId('offline', HTMLElement).hidden = false),
  hear,
);
