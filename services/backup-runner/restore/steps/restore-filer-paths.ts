import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { formatBytes, formatCount } from '@innkeeper/shared/backup/format-figures';
import { err, ok } from '@innkeeper/shared/result/result';
import type { Restic, ResticSnapshot } from '../../src/restic/restic.ts';
import { type RestoreFailure, type RestoreResult, resticFailure } from '../failure.ts';
import type { RestoreStep, StepOutlook } from './restore-step.ts';
import { isThere, lookAtFolder, makePrivateFolder } from './target-folder.ts';

/** Files of the filer into a folder, under the names they have on the filer. restic reads back what it wrote. */
export interface FilerPathsOrder {
  readonly restic: Restic;
  readonly snapshot: ResticSnapshot;
  /** What stands in front of every path in the snapshot. */
  readonly filesDirectory: string;
  /** Absolute on the filer; `/` is everything. */
  readonly paths: readonly string[];
  readonly folder: string;
  /** What is in the folder may be replaced. */
  readonly mayReplace: boolean;
}

interface WantedFile {
  /** On the filer. */
  readonly path: string;
  readonly bytes: number;
}

const EXAMPLES_SHOWN = 5;

export function restoreFilerPaths(order: FilerPathsOrder): RestoreStep {
  const { restic, snapshot, folder, paths } = order;
  const isEverything = paths.includes('/');
  let found: WantedFile[] | undefined;
  /** A snapshot never changes: it is listed once. */
  const wantedFiles = async (): RestoreResult<readonly WantedFile[]> => {
    if (found !== undefined) return ok(found);
    const listed = await findWanted(order);
    if (listed.ok) found = listed.value;
    return listed;
  };
  return {
    name: 'files',

    async inspect() {
      const wanted = await wantedFiles();
      if (!wanted.ok) return wanted;
      const state = await lookAtFolder(folder);
      if ('reason' in state) return err(state);
      const bytes = wanted.value.reduce((sum, file) => sum + file.bytes, 0);
      const replaced = state.entries === 0 ? [] : await findReplaced(folder, wanted.value);
      const lines = [
        `${formatCount(wanted.value.length, 'file', 'files')}, ${formatBytes(bytes)}`,
        ...(isEverything ? [] : paths.map(wantedPath => `  ${wantedPath}`)),
        ...(replaced.length === 0 ? [] : [`replaces ${formatCount(replaced.length, 'file', 'files')}:`]),
        ...replaced.slice(0, EXAMPLES_SHOWN).map(file => `  ${file}`),
      ];
      return ok<StepOutlook>({
        from: { source: 'files', snapshotId: snapshot.id },
        to: folder,
        bytes,
        lines,
        obstacles: state.entries > 0 && !order.mayReplace ? [notEmpty(folder, state.entries)] : [],
      });
    },

    async carryOut({ progress }) {
      const wanted = await wantedFiles();
      if (!wanted.ok) return wanted;
      await makePrivateFolder(folder);
      const restored = await restic.restore({
        snapshotId: `${snapshot.id}:${order.filesDirectory}`,
        target: folder,
        ...(isEverything ? {} : { include: paths }),
        verify: true,
        progress,
      });
      if (!restored.ok) return err(resticFailure(restored.error));
      const bytes = wanted.value.reduce((sum, file) => sum + file.bytes, 0);
      progress({ bytesDone: bytes, bytesTotal: bytes });
      const different = await findDifferent(folder, wanted.value);
      if (different.length > 0)
        return err({
          reason: 'restored_differs',
          sentence: `${formatCount(different.length, 'file is', 'files are')} not as in the snapshot.`,
        });
      return ok({
        name: 'files',
        source: 'files',
        snapshotId: snapshot.id,
        to: folder,
        figures: { files: wanted.value.length, bytes },
        verified: 'every file was read back and compared with its hashes; names and sizes match the snapshot',
      });
    },
  };
}

/** The files behind the paths. A path that is not in the snapshot fails, with what is near it. */
async function findWanted({ restic, snapshot, filesDirectory, paths }: FilerPathsOrder): RestoreResult<WantedFile[]> {
  const wanted: WantedFile[] = [];
  const found = new Set<string>();
  let isUnderDirectory = false;
  const listed = await restic.list(snapshot.id, node => {
    const filerPath = toFilerPath(node.path, filesDirectory);
    if (filerPath === undefined) return;
    isUnderDirectory = true;
    const matching = paths.filter(wantedPath => isWithin(filerPath, wantedPath));
    for (const wantedPath of matching) found.add(wantedPath);
    if (matching.length > 0 && node.type === 'file') wanted.push({ path: filerPath, bytes: node.size });
  });
  if (!listed.ok) return err(resticFailure(listed.error));
  if (!isUnderDirectory)
    return err({
      reason: 'not_in_snapshot',
      sentence: `The snapshot holds nothing below ${filesDirectory}.`,
      nextStep: 'Set FILES_DIRECTORY to where the backup server mounted the filer.',
    });
  const lost = paths.filter(wantedPath => !found.has(wantedPath));
  if (lost.length > 0)
    return err({
      reason: 'not_in_snapshot',
      sentence: `Not in this run: ${lost.join(', ')}.`,
      nextStep: `See what is there: pnpm restore browse RUN ${path.posix.dirname(lost[0] ?? '/')}`,
    });
  return ok(wanted);
}

/** `undefined` for what lies beside or above the mounted filer. */
export function toFilerPath(snapshotPath: string, filesDirectory: string): string | undefined {
  if (!snapshotPath.startsWith(`${filesDirectory}/`)) return undefined;
  return snapshotPath.slice(filesDirectory.length);
}

export const isWithin = (filerPath: string, wanted: string): boolean =>
  wanted === '/' || filerPath === wanted || filerPath.startsWith(`${wanted}/`);

export const notEmpty = (target: string, count: number): RestoreFailure => ({
  reason: 'target_not_empty',
  sentence: `${target} is not empty (${formatCount(count, 'entry', 'entries')}).`,
  nextStep: 'Choose an empty target, or say --overwrite.',
});

async function findReplaced(folder: string, wanted: readonly WantedFile[]): Promise<string[]> {
  const replaced: string[] = [];
  for (const file of wanted) if (await isThere(path.join(folder, file.path))) replaced.push(file.path);
  return replaced;
}

async function findDifferent(folder: string, wanted: readonly WantedFile[]): Promise<string[]> {
  const different: string[] = [];
  for (const file of wanted) {
    const place = path.join(folder, file.path);
    if (!(await isThere(place)) || (await lstat(place)).size !== file.bytes) different.push(file.path);
  }
  return different;
}
