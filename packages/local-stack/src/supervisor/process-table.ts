import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { groupIsAlive, identify, isAlive, signalGroup } from './process-identity.ts';
import { writeWhole } from './write-whole.ts';

/**
 * What a stack has started, on disk from the moment of each start: whoever comes after a killed supervisor ends what
 * it left. Each child leads a process group of its own.
 */
const Identity = z.object({ pid: z.int(), startedAt: z.string() });
const Table = z.object({ supervisor: Identity, children: z.record(z.string(), Identity) });
export type ProcessTable = z.infer<typeof Table>;

export function readProcessTable(path: string): ProcessTable | undefined {
  try {
    return Table.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined; // No stack was started here.
  }
}

/** The stack that runs on this table now, if its supervisor lives. */
export function runningSupervisor(path: string): number | undefined {
  const table = readProcessTable(path);
  return table !== undefined && isAlive(table.supervisor) ? table.supervisor.pid : undefined;
}

/** Keeps the table of this process's own children up to date. */
export function openProcessTable(path: string): { started(name: string, pid: number): void; close(): void } {
  const supervisor = identify(process.pid);
  if (supervisor === undefined) throw new Error('this process cannot see itself; is /proc mounted?');
  const children: Record<string, z.infer<typeof Identity>> = {};
  const write = (): void => writeWhole(path, JSON.stringify({ supervisor, children } satisfies ProcessTable));
  write();
  return {
    started(name, pid) {
      const child = identify(pid);
      // It may have died within this millisecond; its exit is reported anyway.
      if (child === undefined) return;
      children[name] = child;
      write();
    },
    close: () => rmSync(path, { force: true }),
  };
}

const POLL_MS = 50;

/**
 * Ends every group that a dead supervisor left: politely, and by force after `graceMs`. Returns the names of those that
 * were still running. Refuses nothing: the caller has checked that the supervisor is gone.
 */
export async function reapLeftovers(path: string, graceMs: number): Promise<string[]> {
  const table = readProcessTable(path);
  if (table === undefined) return [];
  const left = Object.entries(table.children).filter(([, child]) => isOurGroup(child));
  for (const [, { pid }] of left) signalGroup(pid, 'SIGTERM');
  await untilGone(
    left.map(([, { pid }]) => pid),
    graceMs,
  );
  for (const [, { pid }] of left) signalGroup(pid, 'SIGKILL');
  await untilGone(
    left.map(([, { pid }]) => pid),
    graceMs,
  );
  rmSync(path, { force: true });
  return left.map(([name]) => name);
}

/**
 * The leader is the process we started, or it is gone and its group is not: a pid is not given out again as long as a
 * group bears it.
 */
function isOurGroup(leader: { readonly pid: number; readonly startedAt: string }): boolean {
  const sameMachineStart = identify(process.pid)?.startedAt.split(':')[0] === leader.startedAt.split(':')[0];
  return isAlive(leader) || (sameMachineStart && identify(leader.pid) === undefined && groupIsAlive(leader.pid));
}

async function untilGone(leaders: readonly number[], withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (leaders.some(groupIsAlive) && performance.now() < deadline) await delay(POLL_MS);
}
