import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { formatBytes } from '@innkeeper/shared/backup/format-figures';
import type { BackupSource } from '@innkeeper/shared/contracts/backup/steps';
import { err, ok } from '@innkeeper/shared/result/result';
import type { ResticSnapshot } from '../../src/restic/restic.ts';
import { ConfigurationFile } from '../../src/sources/configuration-file.ts';
import { readArchiveContent } from '../archive/archive-content.ts';
import { type RestoreFailure, type RestoreResult, resticFailure } from '../failure.ts';
import type { RestoreDesk } from '../restore-desk.ts';
import { findRun } from '../run-restore.ts';
import { countDumpRows } from '../steps/count-dump-rows.ts';
import { toFilerPath } from '../steps/restore-filer-paths.ts';
import { restoreSingleFile, type SingleFileSource } from '../steps/restore-single-file.ts';

/** One line of what is in a run. Names and counts: never a value of the configuration. */
interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'collection' | 'table' | 'setting';
  readonly bytes?: number;
  readonly count?: number;
}

export async function browseRun(
  desk: RestoreDesk,
  order: { readonly run: string; readonly source: BackupSource; readonly path: string; readonly json: boolean },
): RestoreResult<void> {
  const run = await findRun(desk, order.run);
  if (!run.ok) return run;
  const snapshot = run.value.snapshots[order.source];
  if (snapshot === undefined)
    return err({ reason: 'source_missing', sentence: `Run ${run.value.runId} holds no ${order.source}.` });
  const entries =
    order.source === 'files'
      ? await entriesAt(desk, snapshot, order.path)
      : await withFile(desk, order.source, snapshot, file => readers[order.source as SingleFileSource](file, desk));
  if (!entries.ok) return entries;
  desk.print(order.json ? JSON.stringify(entries.value, undefined, 2) : entries.value.map(inWords).join('\n'));
  return ok(undefined);
}

/** The folder's own entries, not what is below them. */
async function entriesAt(desk: RestoreDesk, snapshot: ResticSnapshot, folder: string): RestoreResult<readonly Entry[]> {
  const entries: Entry[] = [];
  let isThere = folder === '/';
  const listed = await desk.restic.list(snapshot.id, node => {
    const filerPath = toFilerPath(node.path, desk.filesDirectory);
    if (filerPath === undefined) return;
    if (filerPath === folder) isThere = true;
    if (path.posix.dirname(filerPath) !== folder && !(filerPath === folder && node.type === 'file')) return;
    entries.push(
      node.type === 'dir' ? { name: filerPath, kind: 'folder' } : { name: filerPath, kind: 'file', bytes: node.size },
    );
  });
  if (!listed.ok) return err(resticFailure(listed.error));
  if (!isThere) return err({ reason: 'not_in_snapshot', sentence: `Not in this run: ${folder}.` });
  return ok(entries);
}

const readers: Record<SingleFileSource, (file: string, desk: RestoreDesk) => RestoreResult<readonly Entry[]>> = {
  async mongodb(file) {
    const content = await readArchiveContent(createReadStream(file));
    if (!content.ok) return err(damaged('mongodb.archive', content.error));
    const collections = [...content.value.documents].map(
      ([name, count]): Entry => ({ name, kind: 'collection', count }),
    );
    return ok(collections.toSorted(byName));
  },

  async keycloak(file, desk) {
    const rows = await countDumpRows(desk.programs, file, desk.signal);
    return rows.ok ? ok([...rows.value].map(([name, count]): Entry => ({ name, kind: 'table', count }))) : rows;
  },

  async configuration(file) {
    const names = namesIn(await readFile(file, 'utf8'));
    return names === undefined
      ? err(damaged('configuration.json', 'it is no configuration of this product'))
      : ok(names);
  },
};

/** Names only. */
function namesIn(text: string): readonly Entry[] | undefined {
  const configuration = readConfiguration(text);
  return configuration === undefined
    ? undefined
    : [
        ...Object.keys(configuration.files).map((name): Entry => ({ name, kind: 'setting' })),
        ...(configuration.firestoreBackup === undefined
          ? []
          : [{ name: `Firestore: ${configuration.firestoreBackup.name}`, kind: 'setting' as const }]),
      ];
}

function readConfiguration(text: string): ConfigurationFile | undefined {
  try {
    const parsed = ConfigurationFile.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** The file for as long as `read` takes, in a folder nobody else looks into. */
async function withFile<T>(
  desk: RestoreDesk,
  source: SingleFileSource,
  snapshot: ResticSnapshot,
  read: (file: string) => RestoreResult<T>,
): RestoreResult<T> {
  const folder = path.join(tmpdir(), `innkeeper-browse-${randomUUID()}`);
  const step = restoreSingleFile({ restic: desk.restic, source, snapshot, folder, mayReplace: false });
  try {
    const restored = await step.carryOut({ progress: desk.progress.begin(step.name), signal: desk.signal });
    desk.progress.end();
    return restored.ok ? await read(restored.value.to) : restored;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function inWords({ name, kind, bytes, count }: Entry): string {
  const figure = bytes === undefined ? (count?.toLocaleString('en-GB') ?? '') : formatBytes(bytes);
  return `${figure.padStart(12)}  ${name}${kind === 'folder' ? '/' : ''}`;
}

const byName = (one: Entry, other: Entry): number => (one.name < other.name ? -1 : 1);

const damaged = (file: string, how: string): RestoreFailure => ({
  reason: 'archive_damaged',
  sentence: `${file} cannot be read: ${how}.`,
});
