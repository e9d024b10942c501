import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * workerd outlives a SIGKILL of the Node process that started it and keeps its ports and its files. Every workerd is
 * therefore started with its state directory in its environment, and whoever opens that state next ends the old one
 * first. Found through /proc, so Linux only.
 */
const MARKER = 'INNKEEPER_WORKERD_STATE';
const REAP_POLL_MS = 10;

/** The environment to start a workerd with so that it can be found again. */
export function workerdMarker(stateDirectory: string): Record<string, string> {
  return { [MARKER]: path.resolve(stateDirectory) };
}

/** The pid of the workerd that runs on this state, if one is alive. */
export function findWorkerd(stateDirectory: string): number | undefined {
  const entry = `${MARKER}=${path.resolve(stateDirectory)}`;
  return readdirSync('/proc')
    .filter(name => /^\d+$/u.test(name))
    .map(Number)
    .find(pid => isWorkerd(pid) && readProcess(pid, 'environ')?.split('\0').includes(entry));
}

/** Ends whatever workerd an earlier process left on this state and resolves with its pid once it is gone. */
export async function reapStaleWorkerd(stateDirectory: string): Promise<number | undefined> {
  const pid = findWorkerd(stateDirectory);
  if (pid === undefined) return undefined;
  process.kill(pid, 'SIGKILL');
  while (isWorkerd(pid)) await delay(REAP_POLL_MS);
  return pid;
}

/** Whether the pid is a workerd that still runs; a zombie does not. */
export function isWorkerd(pid: number): boolean {
  try {
    return path.basename(readlinkSync(`/proc/${pid}/exe`)) === 'workerd';
  } catch {
    return false; // No such process, a zombie, or another user's: not one of ours.
  }
}

function readProcess(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined; // It ended while we looked.
  }
}
