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
import { createQuickReplies } from './quick-replies.ts';
import { createRichMenu } from './rich-menu.ts';
import { get, listen, post, Refusal } from './server.ts';
import { openSettings, readSettings, type Settings } from './settings.ts';
import { createTalk } from './talk.ts';
import { toast, toastWhy } from './toast.ts';

/** The chat page: one user's chat at a time, kept by the server; only which user is open is kept here. */
const remembered = 'madoguchi-try-user';
let settings: Settings = readSettings();
let users: User[] = [];
let menu: MenuView | null = null;
let userId: string | undefined;
/** The bot was started anew, and everybody is coming back one by one. */
let returning = false;
/** What was heard while a chat was being loaded: it may be newer than what comes back. */
const heard = new Set<Entry[]>();
/** The open chat as it was before the bot was started anew: LINE's side lives in the same process. */
let earlier: { userId?: string; entries: readonly Entry[] } = { entries: [] };

/** What a tap does. `failed`: it did not reach the bot's side. */
const chattingOr = (failed: () => void): Chatting => ({
  say: (text) => void send('/text', { text }).then((sent) => sent || failed()),
  postback: (data, displayText, params) =>
    void send('/postback', {
      data,
      ...(displayText && { displayText }),
      ...(params && { params }),
    }).then((sent) => sent || failed()),
  type: (text) => composer.type(text),
  isPc: () => settings.pc,
});
const chatting = chattingOr(() => {});
const draw: Draw = { onAction: (action) => perform(action, chatting), isPc: chatting.isPc };
const quickReplies = createQuickReplies({
  message() {
    const last = talk.last();
    return last?.from === 'bot' && !settings.pc && !isBlocked() ? last.message : undefined;
  },
  tapped(action, failed) {
    if (action.type === 'uri' || action.type === 'clipboard') void send('/chips-used', {});
    perform(action, chattingOr(failed));
  },
  pressed: () => composer.focus(),
  isPc: chatting.isPc,
});
const talk = createTalk(byId('log', HTMLElement), draw, openMore);
const composer = createComposer({
  text: (text) => send('/text', { text }),
  media: (media) => void send('/media', { media }),
});
const refreshInside = createInspector(() => userId);
const richMenu = createRichMenu((action) => perform(action, chatting));
const lab = createLab({
  userId: () => userId,
  name: () => users.find((user) => user.userId === userId)?.name ?? '',
  isBlocked,
  block: () => void toggleBlock(),
  played: (id) => byItself(loadUsers().then(() => open(id))),
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

/** What nobody waits for: while the bot is away it comes to nothing, and everything is read anew when it is back. */
function byItself(task: Promise<unknown>): void {
  void task.catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
}

function isBlocked(): boolean {
  return users.find((user) => user.userId === userId)?.blocked ?? false;
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
    talk.show([...(earlier.userId === userId ? earlier.entries : []), ...chat.entries]);
    for (const entry of since) talk.put(entry);
    quickReplies.setUsed(chat.chipsUsed && !since.some(({ from }) => from === 'bot'));
  }
  showFrame();
  refreshInside();
  lab.refresh();
}

function showFrame(): void {
  showPeople(users, userId, (id) => void open(id));
  byId('blocked', HTMLElement).hidden = !isBlocked();
  composer.enable(!isBlocked());
  // LINE on a PC has no rich menu, and who has blocked the account sees none.
  richMenu.show(menu, !settings.pc && !isBlocked());
  quickReplies.show();
}

async function open(id: string): Promise<void> {
  const before = userId;
  userId = id;
  try {
    await loadChat();
    localStorage.setItem(remembered, id);
  } catch (error) {
    // What is typed next must not go to a chat that nobody sees.
    if (userId === id) userId = before;
    toastWhy(error, 'このトークを開けませんでした');
  }
}

async function addUser(): Promise<void> {
  try {
    const user = await post<User>('/users', {});
    await loadUsers();
    await open(user.userId);
  } catch (error) {
    toastWhy(error, 'これ以上ユーザーを増やせません');
  }
}

async function reload(): Promise<void> {
  byId('offline', HTMLElement).hidden = true;
  const state = await get<State>('/state');
  // The first visit adds the account as a friend, as anybody does in LINE before the first word.
  if (users.length + state.users.length === 0) return addUser();
  const gone = users.filter((user) => !state.users.some((one) => one.userId === user.userId));
  let shown = userId;
  returning = gone.length > 0;
  try {
    for (const { userId: id, name } of gone) {
      const back = await post<User>('/users', { userId: id, name });
      if (id !== userId) continue;
      earlier = { userId: id, entries: [...talk.entries()] };
      shown = back.userId;
    }
  } finally {
    returning = false;
  }
  userId = shown;
  await loadUsers();
  return loadChat();
}

function hear(news: News): void {
  refreshInside();
  lab.refresh();
  if (news.type === 'clock') setClock(news);
  if (news.type === 'users' && !returning) byItself(loadUsers().then(loadChat));
  if (!('userId' in news) || news.userId !== userId) return;
  if (news.type === 'loading') talk.wait(news.seconds);
  if (news.type === 'entry') {
    for (const since of heard) since.push(news.entry);
    talk.put(news.entry);
    if (news.entry.from === 'bot') quickReplies.setUsed(false);
    else quickReplies.show();
  }
}

function openMore({ message, messageId }: Entry): void {
  openOwnMessage(message, () => void send('/unsend', { messageId }));
}

async function toggleBlock(): Promise<void> {
  try {
    await post(isBlocked() ? '/unblock' : '/block', { userId });
    await loadUsers();
    showFrame();
  } catch (error) {
    toastWhy(error, isBlocked() ? '解除できませんでした' : 'ブロックできませんでした');
  }
}

function scale(): void {
  document.documentElement.style.setProperty('--font-scale', String(settings.fontScale));
  talk.fit();
}

byId('add', HTMLButtonElement).addEventListener('click', () => void addUser());
byId('unblock', HTMLButtonElement).addEventListener('click', () => void toggleBlock());
byId('settings', HTMLButtonElement).addEventListener('click', () =>
  openSettings(settings, isBlocked(), {
    change(next) {
      settings = next;
      scale();
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
scale();
setInterval(showClock, 5000);
addEventListener('resize', () => talk.fit());
listen(
  () => byItself(reload()),
  () => (byId('offline', HTMLElement).hidden = false),
  hear,
);
