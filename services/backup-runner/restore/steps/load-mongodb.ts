import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { formatCount } from '@innkeeper/shared/backup/format-figures';
import { err, ok } from '@innkeeper/shared/result/result';
import { type Namespace, nameOf } from '../../src/proof-of-restore/mongodb/read-archive.ts';
import type { Restic, ResticSnapshot } from '../../src/restic/restic.ts';
import type { ProgramRunner } from '../../src/run/program-runner.ts';
import { wholeServer } from '../../src/sources/whole-server.ts';
import { type ArchiveContent, readArchiveContent, readCollections } from '../archive/archive-content.ts';
import { isCompanyData, type MongodbTarget } from '../databases/mongodb-target.ts';
import { withSecretFile } from '../databases/secret-file.ts';
import { type RestoreFailure, type RestoreResult, resticFailure } from '../failure.ts';
import { FILE_OF_SOURCE } from './restore-single-file.ts';
import type { RestoreStep, StepOutlook } from './restore-step.ts';

/** An archive into a MongoDB by mongorestore, and then as many documents there as the archive holds. */
export interface LoadMongodbOrder {
  readonly restic: Restic;
  readonly programs: ProgramRunner;
  readonly snapshot: ResticSnapshot;
  /** Where an earlier step puts the archive. */
  readonly archive: string;
  readonly target: MongodbTarget;
  /** One collection under this or another name; everything when absent. */
  readonly only: { readonly from: Namespace; readonly as: Namespace } | undefined;
  readonly mayReplace: boolean;
  /** Why this address must not be touched. */
  readonly objection: RestoreFailure | undefined;
}

const NAMES_SHOWN = 12;

export function loadMongodb(order: LoadMongodbOrder): RestoreStep {
  const { target, only, archive } = order;
  return {
    name: 'mongodb',

    async inspect() {
      const collections = await collectionsIn(order);
      if (!collections.ok) return collections;
      const wanted = collections.value.filter(name => isCompanyData(nameOf(name)));
      if (only !== undefined && !wanted.some(name => nameOf(name) === nameOf(only.from)))
        return err({
          reason: 'not_in_snapshot',
          sentence: `This run has no collection ${nameOf(only.from)}.`,
          nextStep: 'See what is there: pnpm restore browse RUN:mongodb',
        });
      const held = await target.countDocuments();
      if (!held.ok) return held;
      const inTheWay = [...held.value].filter(
        ([name, count]) => count > 0 && (only === undefined || name === nameOf(only.as)),
      );
      const documents = inTheWay.reduce((sum, [, count]) => sum + count, 0);
      return ok<StepOutlook>({
        from: { source: 'mongodb', snapshotId: order.snapshot.id },
        to: only === undefined ? target.address : `${target.address} ${nameOf(only.as)}`,
        bytes: 0,
        lines: [
          ...(only === undefined
            ? [`${formatCount(wanted.length, 'collection', 'collections')}, and the writes during the dump`]
            : [nameOf(only.from)]),
          ...inTheWay.slice(0, NAMES_SHOWN).map(([name, count]) => `there now: ${name}, ${count} documents`),
        ],
        obstacles: [
          ...(order.objection === undefined ? [] : [order.objection]),
          ...(documents > 0 && !order.mayReplace ? [notEmptyDatabase(target.address, inTheWay.length, documents)] : []),
        ],
      });
    },

    async carryOut({ progress, signal }) {
      const content = await readArchiveContent(createReadStream(archive));
      if (!content.ok)
        return err({ reason: 'archive_damaged', sentence: `${archive} is no whole archive: ${content.error}.` });
      const { size } = await stat(archive);
      progress({ bytesDone: 0, bytesTotal: size });
      const loaded = await runMongorestore(order, content.value, signal);
      if (!loaded.ok) return loaded;
      progress({ bytesDone: size, bytesTotal: size });
      const counted = await compareCounts(order, content.value);
      if (!counted.ok) return counted;
      return ok({
        name: 'mongodb',
        source: 'mongodb',
        snapshotId: order.snapshot.id,
        to: only === undefined ? target.address : `${target.address} ${nameOf(only.as)}`,
        figures: counted.value,
        verified: howVerified(content.value, only),
      });
    },
  };
}

/** From the archive's first bytes; the rest of it is not fetched. */
async function collectionsIn({ restic, snapshot }: LoadMongodbOrder): RestoreResult<readonly Namespace[]> {
  return readSnapshotCollections(restic, snapshot);
}

export async function readSnapshotCollections(
  restic: Restic,
  snapshot: ResticSnapshot,
): RestoreResult<readonly Namespace[]> {
  let read: Awaited<ReturnType<typeof readCollections>> | undefined;
  const dumped = await restic.dump(snapshot.id, `/${FILE_OF_SOURCE.mongodb}`, async stream => {
    read = await readCollections(stream);
    stream.destroy();
  });
  // restic complains about the pipe that was closed in front of it; what was read by then is what counts.
  if (read === undefined)
    return err(
      dumped.ok ? { reason: 'archive_damaged', sentence: 'The archive is empty.' } : resticFailure(dumped.error),
    );
  if (read.ok) return ok(read.value);
  if (!dumped.ok) return err(resticFailure(dumped.error));
  return err({ reason: 'archive_damaged', sentence: `The archive cannot be read: ${read.error}.` });
}

/**
 * The address goes in a file, since arguments are public. A restore of one collection cannot replay the oplog
 * (mongorestore refuses both together), one of everything does.
 */
async function runMongorestore(
  { programs, target, archive, only, mayReplace }: LoadMongodbOrder,
  content: ArchiveContent,
  signal: AbortSignal,
): RestoreResult<void> {
  const end = await withSecretFile(`uri: ${JSON.stringify(wholeServer(target.uri))}\n`, settings =>
    programs.run({
      program: 'mongorestore',
      args: [
        `--config=${settings}`,
        `--archive=${archive}`,
        '--stopOnError',
        ...(only === undefined && content.oplogEntries > 0 ? ['--oplogReplay'] : []),
        ...(only === undefined ? [] : [`--nsInclude=${pattern(only.from)}`]),
        ...(only === undefined || nameOf(only.from) === nameOf(only.as)
          ? []
          : [`--nsFrom=${pattern(only.from)}`, `--nsTo=${pattern(only.as)}`]),
        ...(mayReplace ? ['--drop'] : []),
      ],
      signal,
    }),
  );
  if (end.missing)
    return err({
      reason: 'program_missing',
      sentence: 'mongorestore is not installed.',
      nextStep: 'Install the MongoDB database tools (100.9 or newer).',
    });
  if (signal.aborted) return err({ reason: 'interrupted', sentence: 'Interrupted while MongoDB was being filled.' });
  if (end.code === 0) return ok(undefined);
  return err({
    reason: 'load_failed',
    sentence: `mongorestore ended with ${end.code ?? end.signal}: ${lastFailure(end.stderr)}`,
    nextStep: 'Part of it may be there: repeat the command with --overwrite.',
  });
}

/** mongorestore reads `*` as a wildcard and `\` as an escape. */
const pattern = (namespace: Namespace): string =>
  nameOf(namespace).replaceAll(/[\\*]/gu, character => `\\${character}`);

const lastFailure = (stderr: string): string =>
  stderr
    .split('\n')
    .findLast(line => /failed|error/iu.test(line))
    ?.replace(/^\S+\t/u, '')
    .replaceAll(/mongodb(?:\+srv)?:\/\/\S+/gu, '(address)') ?? 'it did not say why';

async function compareCounts(
  { target, only }: LoadMongodbOrder,
  content: ArchiveContent,
): RestoreResult<Readonly<Record<string, number>>> {
  const isRight = (name: string, there: number, count: number, writes: number): boolean =>
    there <= count + writes && (there >= count - writes || content.expiring.has(name));
  if (only !== undefined) {
    const name = nameOf(only.from);
    const expected = content.documents.get(name) ?? 0;
    const found = await target.countIn(only.as);
    if (!found.ok) return found;
    if (isRight(name, found.value, expected, 0)) return ok({ collections: 1, documents: found.value });
    return err(different([`${nameOf(only.as)}: ${found.value} instead of ${expected}`]));
  }
  const found = await target.countDocuments();
  if (!found.ok) return found;
  const expected = [...content.documents].filter(([name]) => isCompanyData(name));
  const differences = expected.flatMap(([name, count]) => {
    const there = found.value.get(name) ?? 0;
    return isRight(name, there, count, content.oplogEntries) ? [] : [`${name}: ${there} instead of ${count}`];
  });
  if (differences.length > 0) return err(different(differences));
  return ok({
    collections: expected.length,
    documents: [...found.value.values()].reduce((sum, count) => sum + count, 0),
    oplogEntries: content.oplogEntries,
  });
}

function howVerified({ expiring, oplogEntries }: ArchiveContent, only: LoadMongodbOrder['only']): string {
  const counted =
    oplogEntries > 0 && only === undefined
      ? 'documents counted; they differ from the archive by no more than the writes during the dump'
      : 'as many documents as in the archive, in every collection';
  const mayExpire = only === undefined ? expiring.size > 0 : expiring.has(nameOf(only.from));
  return mayExpire ? `${counted}; fewer where documents have expired since` : counted;
}

const different = (differences: readonly string[]): RestoreFailure => ({
  reason: 'restored_differs',
  sentence: `MongoDB does not hold what the archive holds: ${differences.slice(0, NAMES_SHOWN).join(', ')}.`,
});

const notEmptyDatabase = (address: string, collections: number, documents: number): RestoreFailure => ({
  reason: 'target_not_empty',
  sentence:
    `MongoDB at ${address} is not empty there (${formatCount(documents, 'document', 'documents')} ` +
    `in ${formatCount(collections, 'collection', 'collections')}).`,
  nextStep: 'Choose an empty one (for one collection: another name with --as), or say --overwrite.',
});
