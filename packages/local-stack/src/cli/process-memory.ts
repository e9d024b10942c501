import { readdirSync, readFileSync } from 'node:fs';

/**
 * Proportional set size of a process and everything in its group, in MiB: memory shared between processes counts once.
 * `undefined` where the system has no such figure (only Linux has).
 */
export function memoryOfGroup(leaderPid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const members = readdirSync('/proc').filter(entry => /^\d+$/u.test(entry) && groupOf(entry) === leaderPid);
  return Math.round(members.reduce((sum, pid) => sum + pssKibibytes(pid), 0) / 1024);
}

export const memoryOfProcess = (pid: number): number | undefined =>
  process.platform === 'linux' ? Math.round(pssKibibytes(String(pid)) / 1024) : undefined;

function groupOf(pid: string): number | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}

const pssKibibytes = (pid: string): number =>
  Number(/^Pss:\s+(\d+) kB$/mu.exec(read(`/proc/${pid}/smaps_rollup`) ?? '')?.[1] ?? 0);

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // It ended while we looked.
  }
}
