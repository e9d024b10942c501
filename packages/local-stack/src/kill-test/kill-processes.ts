import type { StackFile } from '../supervisor/stack-file.ts';

/** The Google emulators keep their data in memory: killing them would lose what a real Firestore keeps. */
const SPARED = new Set(['firestore', 'pubsub']);

/**
 * SIGKILL to every process of the stack but the emulators, all in the same moment. `wholeGroups` kills what they have
 * started, too (workerd); otherwise that is left behind, as after a real crash of its host. Returns how many were hit.
 */
export function killProcesses({ processes }: StackFile, options: { readonly wholeGroups: boolean }): number {
  const pids = new Set(processes.filter(({ name }) => !SPARED.has(name)).map(({ pid }) => pid));
  for (const pid of pids) process.kill(options.wholeGroups ? -pid : pid, 'SIGKILL');
  return pids.size;
}
