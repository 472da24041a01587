import { dayOf } from '../../japan-time.ts';

export type Quota = {
  /** Undefined: no limit (`type: "none"`). */
  limit: number | undefined;
  used(): number;
  /** Counts one recipient. False: the month's messages are used up, nothing counted. */
  take(): boolean;
};

/** The month's pushes, by Japan's calendar. Replies are free and never come here. */
export function createQuota(clock: () => number, limit: number | undefined): Quota {
  let month = '';
  let count = 0;
  function turnPage(): void {
    const now = dayOf(clock()).slice(0, 7);
    if (now !== month) {
      month = now;
      count = 0;
    }
  }
  const quota: Quota = {
    limit,
    used() {
      turnPage();
      return count;
    },
    take() {
      turnPage();
      if (quota.limit !== undefined && count >= quota.limit) return false;
      count += 1;
      return true;
    },
  };
  return quota;
}
