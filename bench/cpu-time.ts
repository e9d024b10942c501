import { readdirSync, readFileSync } from 'node:fs';
import type { StackFile } from '@innkeeper/local-stack/supervisor/stack-file';

/** Processor seconds that each part of a stack has used so far, by the first of its names; empty where `/proc` is not. */
export function cpuSecondsOf({ processes }: StackFile): ReadonlyMap<string, number> {
  if (process.platform !== 'linux') return new Map();
  const leaders = new Map<number, string>();
  for (const { name, pid } of processes) if (!leaders.has(pid)) leaders.set(pid, name);
  const used = new Map<string, number>();
  for (const pid of readdirSync('/proc').filter(entry => /^\d+$/u.test(entry))) {
    const stat = readStat(pid);
    const leader = stat === undefined ? undefined : leaders.get(stat.group);
    if (stat !== undefined && leader !== undefined) used.set(leader, (used.get(leader) ?? 0) + stat.seconds);
  }
  return used;
}

/** Processor seconds of one process so far; NaN where `/proc` is not. */
export const cpuSecondsOfProcess = (pid: number): number => readStat(String(pid))?.seconds ?? Number.NaN;

const TICKS_PER_SECOND = 100; // USER_HZ, fixed on every Linux that Node runs on

function readStat(pid: string): { readonly group: number; readonly seconds: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name, which may hold anything: state, parent, group, …; user and system time are 11 and 12 further on.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { group: Number(fields[2]), seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND };
  } catch {
    return undefined; // It ended while we looked.
  }
}
