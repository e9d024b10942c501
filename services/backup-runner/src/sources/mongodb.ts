import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Namespace } from '../proof-of-restore/mongodb/read-archive.ts';
import type { RunContext, StepProgress, StepResult } from '../run/step.ts';
import { type BackedUpDump, backUpDump } from './back-up-dump.ts';
import { wholeServer } from './whole-server.ts';

/** Where the archive stands in its snapshot. */
export const MONGODB_FILE = '/mongodb.archive';

/**
 * The whole replica set as one archive of one moment (`--oplog`): what was written during the dump is in it, to be
 * replayed. Not compressed, because restic compresses, and finds unchanged pieces only in what is not.
 */
export async function backUpMongodb(
  context: RunContext,
  progress: (progress: StepProgress) => void,
): StepResult<BackedUpDump> {
  // The tools take a password from a file or from the command line, where everybody could read it.
  const config = join(context.secretDirectory, 'mongodump.yaml');
  await writeFile(config, `uri: ${JSON.stringify(wholeServer(context.order.mongodb.uri))}\n`, { mode: 0o600 });
  return backUpDump(context, {
    source: 'mongodb',
    fileName: MONGODB_FILE,
    command: ['mongodump', `--config=${config}`, '--oplog', '--archive'],
    progress,
  });
}

/** How many documents of a collection were dumped, as `mongodump` says at the end of each. Pure. */
export interface CountedDocuments {
  readonly namespace: Namespace;
  readonly count: number;
}

export function countedDocuments(lines: readonly string[]): CountedDocuments[] {
  return lines.flatMap(line => {
    const groups = /done dumping `?(?<database>[^.`]+)\.(?<collection>.+?)`? \((?<count>\d+) documents?\)$/u.exec(
      line,
    )?.groups;
    if (groups === undefined) return [];
    const { database = '', collection = '', count } = groups;
    return [{ namespace: { database, collection }, count: Number(count) }];
  });
}
