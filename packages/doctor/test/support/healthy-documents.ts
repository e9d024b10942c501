import { exampleRun } from '@innkeeper/backup/testing/example-run';
import { firestoreSdk } from '@innkeeper/shared/adapters/node/firestore-sdk';
import { LocalDate } from '@innkeeper/shared/domain/local-time';
import type { DocumentFields, DocumentWrite } from '@innkeeper/shared/ports/document-store';

/** Documents as the deployables leave them where all is well, in a project of the emulator. */
export async function writeDocuments(
  emulatorHost: string,
  project: string,
  documents: { readonly business: Documents; readonly ops: Documents },
): Promise<void> {
  for (const [database, all] of [
    ['(default)', documents.business],
    ['ops', documents.ops],
  ] as const) {
    const store = firestoreSdk({ project, database, emulatorHost });
    const writes = Object.entries(all).map(
      ([path, fields]): DocumentWrite => ({
        op: 'set',
        path: path as `${string}/${string}`,
        fields: fields as DocumentFields,
      }),
    );
    const written = await store.commit(writes);
    await store.close();
    if (!written.ok) throw new Error(written.error.detail);
  }
}

export type Documents = Readonly<Record<string, object>>;

const MINUTE_MS = 60_000;

export function healthyDocuments(now: Date): { business: Documents; ops: Documents } {
  const ago = (minutes: number): string => new Date(now.getTime() - minutes * MINUTE_MS).toISOString();
  const day = LocalDate.parse(ago(0).slice(0, 10));
  const run = exampleRun({ day, told: { dead_man: ago(60), chat: ago(60) } });
  return {
    business: {
      'events/guesty-1': { source: 'guesty', receivedAt: ago(3) },
      'events/aircall-1': { source: 'aircall', receivedAt: ago(90) },
      'heartbeats/mongo-listener': { v: 1, at: ago(0), state: 'following', caughtUpTo: ago(0) },
      'indexState/records-1': { chunks: 2 },
    },
    ops: {
      [`backups/${run.runId}`]: JSON.parse(JSON.stringify(run)) as object,
      'backupStatus/current': { v: 1, lastGood: { runId: run.runId, endedAt: ago(60) }, lastDrillAt: ago(60) },
      'backupStatus/summary': {
        v: 1,
        updatedAt: ago(60),
        lastRun: { runId: run.runId, state: 'done', endedAt: ago(60) },
        nextDueAt: ago(-1380),
      },
      'listenerState/rocketchat': {
        v: 1,
        epoch: 3,
        holder: 'listener-1',
        leaseUntil: ago(-1),
        resumeToken: '{"_data":"82"}',
        tokenAt: ago(0),
      },
    },
  };
}
