import { randomBytes } from 'node:crypto';
import { Router, type ErrorRequestHandler, type RequestHandler } from 'express';
import type { RichMenu } from '../message/rich-menu.ts';
import { createActs } from './acts.ts';
import { createApi } from './api.ts';
import { buttonsOf } from './buttons.ts';
import { createChats } from './chats.ts';
import { createMovableClock, type MovableClock } from './clock.ts';
import { guard } from './guard.ts';
import { createLab } from './lab.ts';
import { createFakeLine, type FakeLine, type FakeLineOptions } from './line.ts';
import { menuView } from './menu-view.ts';
import { createPageFiles } from './page-files.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { createReplay } from './replay.ts';
import { createStream } from './stream.ts';
import { createSwitches } from './switches.ts';
import { createTravel } from './travel.ts';

export type SimulatorOptions = {
  /** The bot's webhook; may be set later by `line.setWebhookUrl`, once its port is known. */
  webhookUrl?: string;
  /** The clock of the bot and of the fake LINE; the page can put it forward. */
  clock?: MovableClock;
  /** What the bot knows about a conversation; shown as JSON beside the chat. */
  inspect?: (userId: string) => unknown;
  /** Whether the bot is in the middle of a job: then the clock is not moved. */
  busy?: () => Promise<boolean>;
  /** A topic's name for readers. */
  titleOf?: (topic: string) => string;
  /** The menu at the foot of the chat as it is now; absent: none. */
  richMenu?: () => RichMenu;
  /** Makes the bot forget a user; for "start over". */
  forget?: (userId: string) => unknown;
  /** Further settings of the fake LINE. */
  line?: Partial<FakeLineOptions>;
};

export type Simulator = {
  /** To be mounted at the root of the app: serves /try and below. Never in production. */
  router: Router;
  /** Stands before /try already; in try mode the bot's other pages show as much and want it, too. */
  guard: RequestHandler;
  line: FakeLine;
  /** What the bot's client takes for `https://api.line.me`. */
  baseUrl: string;
  channelSecret: string;
  accessToken: string;
  /** Wraps the bot's way of sending, so that chats can be saved in its own words. */
  overhear: Recorder['overhear'];
  close(): Promise<void>;
};

/** A fake LINE platform with a chat page in the browser: the bot can be tried without a LINE account. */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const clock = options.clock ?? createMovableClock();
  const channelSecret = randomBytes(16).toString('hex');
  const accessToken = randomBytes(32).toString('base64url');
  const line = createFakeLine({
    ...options.line,
    clock: clock.now,
    channelSecret,
    accessToken,
    ...(options.webhookUrl !== undefined && { webhookUrl: options.webhookUrl }),
  });
  const baseUrl = await line.listen();
  const { richMenu, inspect = () => undefined, busy = () => Promise.resolve(false) } = options;
  const chats = createChats(line, clock.now);
  const acts = createActs(line, chats);
  const menu = () => (richMenu ? menuView(richMenu()) : undefined);
  const buttons = (userId: string) => buttonsOf([menu(), chats.get(userId)?.entries.list()]);
  const recorder = createRecorder({ line, chats, clock: clock.now, buttons });
  const travel = createTravel({ clock, chats, inspect, busy, leaving: recorder.waits });
  const stream = createStream(chats);
  const files = createPageFiles();

  const router = Router();
  router.use('/try', guard);
  router.get('/try', (_request, response) => {
    response.type('html').send(files('index.html')?.body);
  });
  router.get('/try/page/{*path}', (request, response) => {
    const file = files(request.path.replace(/^\/try\/page\//, ''));
    if (file) response.type(file.type).send(file.body);
    else response.sendStatus(404);
  });
  router.get('/try/events', stream.handler);
  const forget = async (userId: string) => {
    await options.forget?.(userId);
    recorder.clear(userId);
  };
  router.use('/try/api', createApi({ line, chats, acts, clock, menu, inspect, forget }));
  router.use(
    '/try/api',
    createLab({
      clock,
      chats,
      inspect,
      titleOf: options.titleOf ?? ((topic) => topic),
      travel,
      switches: createSwitches({ line, chats, acts, remark: recorder.remark }),
      recorder,
      replay: createReplay({ chats, acts, travel, clock: clock.now, buttons }),
    }),
  );
  router.use('/try', refuse);

  return {
    router,
    guard,
    line,
    baseUrl,
    channelSecret,
    accessToken,
    overhear: recorder.overhear,
    async close() {
      stream.close();
      await line.close();
    },
  };
}

/** Bodies too large or no JSON: the status alone; the bot's own error handling is not concerned. */
const refuse: ErrorRequestHandler = (error, _request, response, next) => {
  const status = (error as { status?: unknown } | null)?.status;
  if (typeof status === 'number' && status >= 400 && status < 500 && !response.headersSent)
    response.sendStatus(status);
  else next(error);
};
