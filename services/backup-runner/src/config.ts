import * as z from 'zod';

const folder = (fallback: string, description: string) =>
  z.string().startsWith('/', 'must be an absolute path').default(fallback).describe(description);

/** Where things lie on the server. What a run needs to know comes from the function; secrets never stand here. */
export const RunnerConfig = z.object({
  RESTIC_BINARY: z.string().default('restic').describe('restic, 0.19.1 or newer: a path, or a name on the PATH'),
  WORK_DIRECTORY: folder(
    '/var/lib/innkeeper',
    'folder for what a run writes: restored samples, databases for the drill',
  ),
  SECRET_DIRECTORY: folder('/run/innkeeper', 'folder in memory for files that hold credentials'),
  FILES_DIRECTORY: folder(
    '/srv/innkeeper/files',
    'where the filer’s folders are mounted; part of the snapshots’ paths',
  ),
});
export type RunnerConfig = z.infer<typeof RunnerConfig>;
