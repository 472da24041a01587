import { randomBytes } from 'node:crypto';
import { Router, type ErrorRequestHandler } from 'express';
import { createApi } from './api.ts';
import { createChats } from './chats.ts';
import { guard } from './guard.ts';
import { createFakeLine, type FakeLine, type FakeLineOptions } from './line.ts';
import { createPageFiles } from './page-files.ts';
import { createStream } from './stream.ts';

export type SimulatorOptions = {
  /** The bot's webhook; may be set later by `line.setWebhookUrl`, once its port is known. */
  webhookUrl?: string;
  /** The clock of the bot and of the fake LINE, in ms. */
  clock?: () => number;
  /** What the bot knows about a conversation; shown as JSON beside the chat. */
  inspect?: (userId: string) => unknown;
  /** Makes the bot forget a user; for "start over". */
  forget?: (userId: string) => unknown;
  /** Made up when absent; the bot must be given the same. */
  channelSecret?: string;
  accessToken?: string;
  /** Further settings of the fake LINE. */
  line?: Partial<FakeLineOptions>;
};

export type Simulator = {
  /** To be mounted at the root of the app: serves /try and below. Never in production. */
  router: Router;
  line: FakeLine;
  /** What the bot's client takes for `https://api.line.me`. */
  baseUrl: string;
  channelSecret: string;
  accessToken: string;
  close(): Promise<void>;
};

/** A fake LINE platform with a chat page in the browser: the bot can be tried without a LINE account. */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const clock = options.clock ?? Date.now;
  const channelSecret = options.channelSecret ?? randomBytes(16).toString('hex');
  const accessToken = options.accessToken ?? randomBytes(32).toString('base64url');
  const line = createFakeLine({
    ...options.line,
    clock,
    channelSecret,
    accessToken,
    ...(options.webhookUrl !== undefined && { webhookUrl: options.webhookUrl }),
  });
  const baseUrl = await line.listen();
  const chats = createChats(line, clock);
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
  router.use(
    '/try/api',
    createApi({
      line,
      chats,
      inspect: options.inspect ?? (() => undefined),
      forget: options.forget ?? (() => undefined),
    }),
  );
  router.use('/try', refuse);

  return {
    router,
    line,
    baseUrl,
    channelSecret,
    accessToken,
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
