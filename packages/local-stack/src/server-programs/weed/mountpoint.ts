import { readOptions, UsageError } from '../program-options.ts';
import { runProgram } from '../run-program.ts';
import { mountedBy } from './mount-state.ts';

/** `mountpoint -q DIR`, for folders that the `weed` beside it shows: 0 when it is one, 32 when it is not. */
const NOT_MOUNTED = 32;

await runProgram('mountpoint', async args => {
  const { operands, flags } = readOptions(args, { q: 'flag' });
  const [directory, ...more] = operands;
  if (directory === undefined || more.length > 0) throw new UsageError('usage: mountpoint [-q] DIRECTORY');
  const isMounted = mountedBy(directory) !== undefined;
  if (!flags.has('q')) console.log(`${directory} is ${isMounted ? '' : 'not '}a mountpoint`);
  return isMounted ? 0 : NOT_MOUNTED;
});
