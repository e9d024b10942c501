import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FilerPath } from '@innkeeper/shared/contracts/backup/exchange';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { RunningProgram } from '../run/program-runner.ts';
import type { RunContext, StepFailure, StepResult } from '../run/step.ts';
import { holdsAtLeast } from './count-files.ts';

/** Where a filer's path is seen on this server: the same every night, or restic would start a new series. */
export const mountedAt = ({ filesDirectory }: RunContext, { path }: FilerPath): string => join(filesDirectory, path);

const MOUNT_MS_MAX = 60_000;
const POLL_MS = 50;

/**
 * The filer's paths as read-only folders, for as long as `use` runs, and never longer. Each is a real mount with its
 * sentinel and its minimum below it before `use` sees it: an empty folder backed up for a week would push every good
 * copy out of the retention.
 */
export async function withMountedFiles<T>(context: RunContext, use: () => StepResult<T>): StepResult<T> {
  const mounts: Mount[] = [];
  try {
    for (const [index, path] of context.order.filer.paths.entries()) {
      const mounted = await mount(context, path, index);
      if (!mounted.ok) return mounted;
      mounts.push(mounted.value);
      const full = await demandContent(context, path);
      if (!full.ok) return full;
    }
    return await use();
  } finally {
    for (const { directory, program } of mounts.toReversed()) {
      const { code } = await context.programs.run({ program: 'umount', args: [directory] });
      // Somebody still has a file open: gone from here at once, and the step that proves can mount again.
      if (code !== 0) await context.programs.run({ program: 'umount', args: ['--lazy', directory] });
      await program.stop();
    }
  }
}

interface Mount {
  readonly directory: string;
  readonly program: RunningProgram;
}

async function mount(context: RunContext, path: FilerPath, index: number): StepResult<Mount> {
  const directory = mountedAt(context, path);
  const cache = join(context.workDirectory, `filer-cache-${index}`);
  await mkdir(directory, { recursive: true });
  await mkdir(cache, { recursive: true });
  const program = context.programs.start({
    program: 'weed',
    args: [
      'mount',
      `-filer=${context.order.filer.addresses.join(',')}`,
      `-filer.path=${path.path}`,
      `-dir=${directory}`,
      '-readOnly',
      // Through the filer: this server need not reach every volume server.
      '-volumeServerAccess=filerProxy',
      `-cacheDir=${cache}`,
    ],
    signal: context.signal,
  });
  const ended = program.ended.then((end): StepFailure => {
    if (end.missing) return { reason: 'program_missing', detail: 'weed is not on this server.' };
    return { reason: 'mount_failed', detail: `weed mount ended with ${end.code ?? end.signal ?? 'an error'}.` };
  });
  const outcome = await Promise.race([ended, untilMounted(context, directory)]);
  if (outcome === 'mounted') return ok({ directory, program });
  await program.stop();
  return err(outcome);
}

async function untilMounted(context: RunContext, directory: string): Promise<'mounted' | StepFailure> {
  const deadline = performance.now() + MOUNT_MS_MAX;
  while (!context.signal.aborted) {
    const { code, missing } = await context.programs.run({ program: 'mountpoint', args: ['-q', directory] });
    if (missing) return { reason: 'program_missing', detail: 'mountpoint is not on this server.' };
    if (code === 0) return 'mounted';
    if (performance.now() > deadline) break;
    await delay(POLL_MS);
  }
  return { reason: 'mount_failed', detail: 'A path of the filer was not mounted in time.' };
}

async function demandContent(context: RunContext, path: FilerPath): Promise<Result<void, StepFailure>> {
  const directory = mountedAt(context, path);
  if (!existsSync(join(directory, path.sentinel))) {
    return err({ reason: 'mount_empty', detail: 'The sentinel is not below a mounted path of the filer.' });
  }
  if (await holdsAtLeast(directory, { files: path.minimumFiles, bytes: path.minimumBytes })) return ok(undefined);
  return err({
    reason: 'files_too_few',
    detail: `A path of the filer holds less than ${path.minimumFiles} files or ${path.minimumBytes} bytes.`,
  });
}
