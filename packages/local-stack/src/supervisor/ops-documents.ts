import { setTimeout as pause } from 'node:timers/promises';
import { firestoreRest } from '@innkeeper/shared/adapters/firestore/firestore-rest';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { ok } from '@innkeeper/shared/result/result';
import type { StackFile } from './stack-file.ts';

/** A running stack's database `ops`, for whoever looks at it from outside. */
export function openOpsDocuments({ components: { firestore } }: StackFile): DocumentStore {
  return firestoreRest({
    baseUrl: `http://${firestore.host}/v1`,
    project: firestore.projectId,
    database: firestore.opsDatabase,
    tokens: { token: () => Promise.resolve(ok('owner')) }, // whom the emulator lets do everything
    fetch,
    random: Math.random,
    sleep: pause,
  });
}
