import { execFile } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { demandValue, readOptions, UsageError } from '../program-options.ts';
import { runProgram } from '../run-program.ts';
import { untilStopped } from '../until-stopped.ts';
import { markMounted, mountedBy, unmarkMounted } from './mount-state.ts';

/**
 * `weed mount`, without a file system in user space: copies what lies below `FILER_DIRECTORY`, the folder that plays
 * the filer's root, into the mount's folder, stays until SIGTERM, and takes it away again. A copy and not a link,
 * because nothing that happens below a read-only mount may reach the filer. A path the filer does not have is an empty
 * mount, as it is to the real program.
 */
const OPTIONS = {
  filer: 'value',
  'filer.path': 'value',
  dir: 'value',
  readOnly: 'flag',
  cacheDir: 'value',
  cacheCapacityMB: 'value',
  volumeServerAccess: 'value',
} as const;

await runProgram('weed', async ([command, ...args]) => {
  if (command !== 'mount') throw new UsageError(`there is no command ${String(command)} here`);
  const options = readOptions(args, OPTIONS);
  const directory = demandValue(options, 'dir');
  for (const address of demandValue(options, 'filer').split(',')) {
    if (!/^[\w.-]+:\d+$/u.test(address)) throw new UsageError(`filer ${address} is not an address like host:8888`);
  }
  if (!options.flags.has('readOnly')) throw new UsageError('only -readOnly mounts are here');
  const filerRoot = process.env['FILER_DIRECTORY'];
  if (filerRoot === undefined || !existsSync(filerRoot)) throw new Error('failed to talk to filer: connection refused');
  if (!existsSync(directory) || !statSync(directory).isDirectory())
    throw new Error(`mount point ${directory} not found`);
  if (mountedBy(directory) !== undefined) throw new Error(`${directory} is already mounted`);

  const stopped = untilStopped();
  const source = join(filerRoot, demandValue(options, 'filer.path'));
  // Node's own copy rounds the times of files to microseconds, and every one would look changed.
  if (existsSync(source)) await promisify(execFile)('cp', ['--archive', `${source}/.`, directory]);
  markMounted(directory);
  await stopped;
  for (const name of readdirSync(directory)) rmSync(join(directory, name), { recursive: true, force: true });
  unmarkMounted(directory);
  return 0;
});
