import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Who a pid is. Pids are given out again, so a process is known by its pid and the moment it started; a pid alone is
 * never signalled.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque: the same for the same process, another for the next one with this pid. */
  readonly startedAt: string;
}

/** `undefined` when there is no such process, or only its zombie. */
export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = startOf(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export const isAlive = (known: ProcessIdentity): boolean => startOf(known.pid) === known.startedAt;

/** Whether any process of the group still runs. A group outlives its leader: workerd outlives the host that began it. */
export function groupIsAlive(leaderPid: number): boolean {
  if (process.platform !== 'linux') return signalGroup(leaderPid, 0);
  return readdirSync('/proc').some(entry => {
    const fields = /^\d+$/u.test(entry) ? statFields(Number(entry)) : undefined;
    return fields !== undefined && fields.group === leaderPid && !fields.isZombie;
  });
}

/** Signals every process of a group; false when there is none. */
export function signalGroup(leaderPid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-leaderPid, signal);
    return true;
  } catch {
    return false; // ESRCH: nobody is left, which is what a signal is sent for.
  }
}

function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    const fields = statFields(pid);
    return fields === undefined || fields.isZombie ? undefined : `${BOOT}:${fields.startTicks}`;
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined; // ps ends with 1 when there is no such process.
  }
}

/** Ticks count from boot; after a restart of the machine the same number means another process. */
const BOOT = process.platform === 'linux' ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() : '';

function statFields(pid: number): { isZombie: boolean; group: number; startTicks: string } | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined; // It ended.
  }
  // The second field is the name in parentheses and may hold anything; the third is the state.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { isZombie: fields[0] === 'Z' || fields[0] === 'X', group: Number(fields[2]), startTicks: fields[19] ?? '' };
}
