import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { err, ok } from '@innkeeper/shared/result/result';
import type { RunContext, StepResult } from '../run/step.ts';
import { measuredDump } from '../sources/back-up-dump.ts';
import type { Measured } from '../sources/measure.ts';

/**
 * A dump out of the vault as a file, the same bytes that the database's program wrote in this run: `restore_differs`
 * when they are not. Answers what was measured of it then.
 */
export async function restoreDump(
  context: RunContext,
  order: {
    readonly source: 'mongodb' | 'keycloak';
    readonly snapshotId: string;
    readonly fileName: string;
    readonly into: string;
  },
): StepResult<Measured> {
  const measured = await measuredDump(context, order.source);
  const hash = createHash('sha256');
  let isFull = false;
  const dumped = await context.restic.dump(order.snapshotId, order.fileName, async bytes => {
    try {
      await pipeline(bytes, hashInto(hash), createWriteStream(order.into, { mode: 0o600 }));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      isFull = true; // restic ends, because nobody reads on.
    }
  });
  if (isFull) return err({ reason: 'disk_full', detail: `The dump of ${order.source} does not fit on this server.` });
  if (!dumped.ok) return dumped;
  if (measured !== undefined && hash.digest('hex') === measured.sha256) return ok(measured);
  return err({ reason: 'restore_differs', detail: `The dump of ${order.source} came back with other bytes.` });
}

const hashInto = (hash: Hash) =>
  async function* pass(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
