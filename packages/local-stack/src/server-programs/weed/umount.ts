import { setTimeout as delay } from 'node:timers/promises';
import { readOptions, UsageError } from '../program-options.ts';
import { runProgram } from '../run-program.ts';
import { mountedBy } from './mount-state.ts';

/**
 * `umount [--lazy] DIR`, for folders that the `weed` beside it shows: asks that process to stop, and waits until the
 * folder is empty. `--lazy` has no other effect here: it too returns with nothing to be seen, whoever still reads.
 */
const NOT_MOUNTED = 32;
const WAIT_MS_MAX = 10_000; // it has only a folder to remove
const POLL_MS = 10;

await runProgram('umount', async args => {
  const { operands } = readOptions(args, { lazy: 'flag' });
  const [directory, ...more] = operands;
  if (directory === undefined || more.length > 0) throw new UsageError('usage: umount [--lazy] DIRECTORY');
  const pid = mountedBy(directory);
  if (pid === undefined) {
    console.error(`umount: ${directory}: not mounted.`);
    return NOT_MOUNTED;
  }
  process.kill(pid, 'SIGTERM');
  const deadline = performance.now() + WAIT_MS_MAX;
  while (mountedBy(directory) !== undefined) {
    if (performance.now() > deadline) throw new Error(`${directory}: target is busy.`);
    await delay(POLL_MS);
  }
  return 0;
});
