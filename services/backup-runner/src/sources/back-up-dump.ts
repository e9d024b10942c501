import { join } from 'node:path';
import type { TakenSnapshot } from '@innkeeper/shared/contracts/backup/steps';
import { err, ok } from '@innkeeper/shared/result/result';
import type { RunContext, StepFailure, StepProgress, StepResult } from '../run/step.ts';
import { type Measured, measureCommand, readMeasured } from './measure.ts';

/** A database's dump in the repository, and what was seen of it on its way there. */
export interface BackedUpDump {
  readonly snapshot: TakenSnapshot;
  readonly measured: Measured;
}

export interface DumpOrder {
  readonly source: 'mongodb' | 'keycloak';
  /** In the snapshot, absolute. */
  readonly fileName: string;
  readonly command: readonly [program: string, ...args: string[]];
  readonly environment?: Readonly<Record<string, string>>;
  readonly progress: (progress: StepProgress) => void;
}

/** Of the last good run's size: less means that something is missing. */
const SHRUNK_SHARE = 0.5;

/**
 * Streams a dump into the repository. There is no snapshot when the program fails, or when the dump is empty or less
 * than half of the last good one.
 */
export async function backUpDump(context: RunContext, order: DumpOrder): StepResult<BackedUpDump> {
  const { source, fileName, command, environment, progress } = order;
  const minimumBytes = minimumOf(context, source);
  const resultFile = resultFileOf(context, source);
  const taken = await context.restic.backupCommand({
    source,
    runId: context.order.runId,
    fileName,
    command: measureCommand(context.ownProgram, resultFile, minimumBytes, command),
    ...(environment === undefined ? {} : { environment }),
    progress,
  });
  const measured = await readMeasured(resultFile);
  if (!taken.ok) return err(explain(measured, minimumBytes, command[0]) ?? taken.error);
  if (measured === undefined || measured.bytes !== taken.value.totalBytes) {
    return err({ reason: 'dump_failed', detail: `restic stored another number of bytes than ${command[0]} wrote.` });
  }
  return ok({ snapshot: taken.value, measured });
}

/** What was seen of this run's dump on its way to restic; `undefined` when there was none. */
export const measuredDump = (context: RunContext, source: DumpOrder['source']): Promise<Measured | undefined> =>
  readMeasured(resultFileOf(context, source));

const resultFileOf = ({ workDirectory }: RunContext, source: DumpOrder['source']): string =>
  join(workDirectory, `${source}.measured.json`);

function minimumOf({ order }: RunContext, source: DumpOrder['source']): number {
  const previous = order.acceptSmaller ? undefined : order.previous?.bytes[source];
  return Math.max(1, Math.ceil((previous ?? 0) * SHRUNK_SHARE));
}

/** Why the dump itself is to blame; `undefined` when it is not. */
function explain(measured: Measured | undefined, minimumBytes: number, program: string): StepFailure | undefined {
  if (measured === undefined) return undefined;
  if (measured.missing) return { reason: 'program_missing', detail: `${program} is not on this server.` };
  if (measured.code !== 0) return { reason: 'dump_failed', detail: `${program} ${howItEnded(measured)}.` };
  if (measured.bytes === 0) return { reason: 'dump_failed', detail: `${program} wrote nothing.` };
  if (measured.bytes >= minimumBytes) return undefined;
  return {
    reason: 'dump_shrunk',
    detail: `${program} wrote ${measured.bytes} bytes, less than half of the last good run's dump.`,
  };
}

function howItEnded({ code, lines }: Measured): string {
  const said = lines.join('\n');
  const cause = CAUSES.find(([pattern]) => pattern.test(said))?.[1];
  const how = code === null ? 'was ended by a signal' : `ended with ${code}`;
  return cause === undefined ? how : `${how}: ${cause}`;
}

/** In words of this table: what a program says may hold names and addresses. */
const CAUSES: readonly (readonly [pattern: RegExp, cause: string])[] = [
  [/auth\w* (?:error|failed)|authentication failed|unauthorized|permission denied/iu, 'the login was refused'],
  [/oplog/iu, 'the oplog could not be read'],
  [/server version mismatch/iu, 'it is older than the server'],
  [/server selection|connection|connect|could not translate host/iu, 'the server cannot be reached'],
];
