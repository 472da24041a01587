import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** CPU time (µs) and resident memory (bytes) of a process so far; /proc where there is one, `ps` elsewhere (macOS). */
export function processUse(pid: number): { cpuMicros: number; rssBytes: number } {
  return fromProc(pid) ?? fromPs(pid);
}

/** Linux counts CPU time in hundredths of a second (USER_HZ), whatever the kernel's own clock is. */
const TICK_MICROS = 10_000;

function fromProc(pid: number): { cpuMicros: number; rssBytes: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold spaces.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const rss = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return {
      cpuMicros: ((fields[11] ?? 0) + (fields[12] ?? 0)) * TICK_MICROS,
      rssBytes: Number(rss?.[1] ?? 0) * 1024,
    };
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): { cpuMicros: number; rssBytes: number } {
  const [rss = '0', time = '0'] = execFileSync('ps', ['-o', 'rss=,time=', '-p', String(pid)], {
    encoding: 'utf8',
  })
    .trim()
    .split(/\s+/);
  const seconds = time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return { cpuMicros: Math.round(seconds * 1e6), rssBytes: Number(rss) * 1024 };
}
