import type { Bundle } from '../content/load.ts';
import { systemReply } from '../dialog/system.ts';
import type { Delivery, Letter } from '../line/letter.ts';
import type { Log } from '../log.ts';
import type { Job } from '../store/store.ts';

/** A user never meets silence: the last failure of an event says that something went wrong on our side. */
export async function apologise({
  job,
  stillOurs,
  now,
  deliver,
  clock,
  log,
}: {
  job: Job;
  stillOurs: () => Promise<boolean>;
  now: Bundle;
  deliver: (letter: Letter) => Promise<Delivery>;
  clock: () => number;
  log: Log;
}): Promise<void> {
  const replies = [systemReply('apology')];
  const letters = () => now.letters.plain(replies, clock());
  try {
    const { event, attempt } = job;
    await deliver({ event, attempt, messages: letters(), plain: letters, stillOurs });
  } catch (err) {
    log.error({ err, owner: job.owner }, 'おわびの返信もできませんでした。');
  }
}
