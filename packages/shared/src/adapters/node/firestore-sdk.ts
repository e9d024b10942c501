import * as sdk from '@google-cloud/firestore';
import type {
  DocumentPath,
  DocumentStore,
  DocumentWrite,
  StoredDocument,
  StoreError,
} from '../../ports/document-store.ts';
import { err, ok, type Result } from '../../result/result.ts';
import { refusalOf } from '../firestore/document-limits.ts';
import { GRPC_STATUS, type StoreOperation, storeErrorOf } from '../firestore/store-error.ts';
import { TRANSACTION_ATTEMPTS_MAX } from '../firestore/transaction-backoff.ts';
import { toSdkQuery } from './firestore-sdk-query.ts';
import { fromSdkFields, fromSdkTimestamp } from './firestore-sdk-values.ts';
import { addSdkWrite } from './firestore-sdk-writes.ts';

/**
 * Firestore through Google's SDK (gRPC): what functions and services use. Credentials, retries of what is safe to repeat
 * and the emulator's address (`FIRESTORE_EMULATOR_HOST`) are the SDK's business; how long a caller waits is not: the SDK
 * would try for ten minutes.
 */
export interface FirestoreSdkOptions {
  readonly project: string;
  readonly database: string;
  /** `host:port` of an emulator; otherwise the SDK's own configuration decides. */
  readonly emulatorHost?: string;
  /** After this long a call is `unavailable`, whatever the SDK still tries. */
  readonly callMsMax?: number;
}

const CALL_MS_MAX = 20_000; // a transaction under contention takes some seconds; a function has at least 60

export interface FirestoreSdkStore extends DocumentStore {
  /** Closes its connections. */
  close(): Promise<void>;
}

export function firestoreSdk(options: FirestoreSdkOptions): FirestoreSdkStore {
  const firestore = new sdk.Firestore({
    projectId: options.project,
    databaseId: options.database,
    useBigInt: true, // integers beyond 2^53 stay whole
    ...(options.emulatorHost === undefined
      ? {}
      : { host: options.emulatorHost, ssl: false, customHeaders: EMULATOR_OWNER }),
  });
  const asResult = settleWithin(options.callMsMax ?? CALL_MS_MAX);
  const referencesOf = (paths: readonly DocumentPath[]) => paths.map(path => firestore.doc(path));

  return {
    getAll: paths =>
      paths.length === 0
        ? Promise.resolve(ok([]))
        : asResult('getAll', [], async () => (await firestore.getAll(...referencesOf(paths))).map(toStored)),

    query: query =>
      asResult('query', [], async () => (await toSdkQuery(query, firestore).get()).docs.map(toStoredFound)),

    commit: async writes => {
      const refusal = refusalOf(writes);
      if (refusal !== undefined) return err(refusal);
      return asResult('commit', writes, async () => {
        const batch = firestore.batch();
        const results = writes.map(write => addSdkWrite(batch, write, firestore));
        const committed = await batch.commit();
        let last = -1;
        const updateTimes = writes.map((write, index) => {
          last += results[index] ?? 0;
          const time = committed[last]?.writeTime;
          return write.op === 'delete' || time === undefined ? undefined : fromSdkTimestamp(time);
        });
        return { updateTimes };
      });
    },

    transact: async (paths, decide) => {
      let attempted: readonly DocumentWrite[] = [];
      const outcome = await asResult(
        'transact',
        () => attempted,
        () =>
          firestore.runTransaction(
            async transaction => {
              const documents = paths.length === 0 ? [] : await transaction.getAll(...referencesOf(paths));
              const { writes, value } = decide(documents.map(toStored));
              const refusal = refusalOf(writes);
              if (refusal !== undefined) return err(refusal);
              attempted = writes;
              for (const write of writes) addSdkWrite(transaction, write, firestore);
              return ok(value);
            },
            { maxAttempts: TRANSACTION_ATTEMPTS_MAX },
          ),
      );
      return outcome.ok ? outcome.value : outcome;
    },

    close: () => firestore.terminate(),
  };
}

/** The emulator lets this one pass its (absent) security rules. */
const EMULATOR_OWNER = { authorization: 'Bearer owner' };

function toStored(snapshot: sdk.DocumentSnapshot): StoredDocument | undefined {
  const fields = snapshot.data();
  if (fields === undefined || snapshot.createTime === undefined || snapshot.updateTime === undefined) return undefined;
  return {
    path: snapshot.ref.path as DocumentPath,
    fields: fromSdkFields(fields),
    createTime: fromSdkTimestamp(snapshot.createTime),
    updateTime: fromSdkTimestamp(snapshot.updateTime),
  };
}

const toStoredFound = (snapshot: sdk.QueryDocumentSnapshot): StoredDocument => ({
  path: snapshot.ref.path as DocumentPath,
  fields: fromSdkFields(snapshot.data()),
  createTime: fromSdkTimestamp(snapshot.createTime),
  updateTime: fromSdkTimestamp(snapshot.updateTime),
});

/** Google's errors carry a gRPC code; anything else that is thrown is a bug and stays one. */
const settleWithin =
  (callMsMax: number) =>
  async <T>(
    operation: StoreOperation,
    writes: readonly DocumentWrite[] | (() => readonly DocumentWrite[]),
    work: () => Promise<T>,
  ): Promise<Result<T, StoreError>> => {
    const late = Promise.withResolvers<Result<never, StoreError>>();
    const timer = setTimeout(() => {
      late.resolve(err({ kind: 'unavailable', detail: `firestore ${operation}: no answer within ${callMsMax} ms` }));
    }, callMsMax);
    const settled = work().then(ok, (error: unknown): Result<never, StoreError> => {
      const status = GRPC_STATUS[grpcCode(error) ?? -1];
      if (status === undefined) throw error;
      const attempted = typeof writes === 'function' ? writes() : writes;
      const preconditions = attempted.some(write => write.precondition !== undefined);
      return err(storeErrorOf(operation, status, { preconditions }));
    });
    try {
      return await Promise.race([settled, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  };

const grpcCode = (error: unknown): number | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined;
