import type { AccessTokens } from '../../ports/access-tokens.ts';
import type {
  DocumentPath,
  DocumentStore,
  DocumentWrite,
  StoredDocument,
  StoreError,
  Timestamp,
} from '../../ports/document-store.ts';
import { err, ok, type Result } from '../../result/result.ts';
import { refusalOf } from './document-limits.ts';
import { encodeQuery } from './query-request.ts';
import { callFirestore, type RestCallOptions } from './rest-call.ts';
import { timestampFromText } from './timestamp-text.ts';
import { TRANSACTION_ATTEMPTS_MAX, transactionWaitMs } from './transaction-backoff.ts';
import { createValueCodec } from './value-codec.ts';
import { BatchGetAnswer, CommitAnswer, RollbackAnswer, RunQueryAnswer, type WireDocument } from './wire-answers.ts';
import { encodeWrite } from './write-request.ts';

/**
 * Firestore over its REST API, with nothing but `fetch`: what Workers use. Bodies are bounded by Firestore's own limits
 * (10 MiB a request) and each call by `rest-call.ts`'s time limit.
 */
export interface FirestoreRestOptions {
  /** Including `/v1`, without a trailing slash. */
  readonly baseUrl: string;
  readonly project: string;
  readonly database: string;
  readonly tokens: AccessTokens;
  readonly fetch: typeof fetch;
  /** In [0, 1): spreads transactions that collided. */
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

interface ReadInTransaction {
  readonly documents: (StoredDocument | undefined)[];
  readonly transaction: string | undefined;
}

export function firestoreRest(options: FirestoreRestOptions): DocumentStore {
  const documentsRoot = `projects/${options.project}/databases/${options.database}/documents`;
  const codec = createValueCodec(documentsRoot);
  const rest: RestCallOptions = { ...options, documentsRoot };

  const toStored = (wire: WireDocument): StoredDocument => ({
    path: wire.name.slice(documentsRoot.length + 1) as DocumentPath,
    fields: codec.decodeFields(wire.fields),
    createTime: requireTime(wire.createTime),
    updateTime: requireTime(wire.updateTime),
  });

  const read = async (
    operation: 'getAll' | 'transact',
    paths: readonly DocumentPath[],
    transaction: object = {},
  ): Promise<Result<ReadInTransaction, StoreError>> => {
    const names = paths.map(path => `${documentsRoot}/${path}`);
    const body = { documents: [...new Set(names)], ...transaction };
    const answer = await callFirestore(rest, { operation, method: 'batchGet', body, answer: BatchGetAnswer });
    if (!answer.ok) return answer;
    const found = new Map<string, StoredDocument>();
    for (const { found: wire } of answer.value) if (wire !== undefined) found.set(wire.name, toStored(wire));
    return ok({
      documents: names.map(name => found.get(name)),
      transaction: answer.value.find(element => element.transaction !== undefined)?.transaction,
    });
  };

  const send = async (
    operation: 'commit' | 'transact',
    writes: readonly DocumentWrite[],
    transaction?: string,
  ): Promise<Result<(Timestamp | undefined)[], StoreError>> => {
    const answer = await callFirestore(rest, {
      operation,
      method: 'commit',
      body: {
        writes: writes.map(write => encodeWrite(write, documentsRoot, codec)),
        ...(transaction === undefined ? {} : { transaction }),
      },
      answer: CommitAnswer,
      preconditions: writes.some(write => write.precondition !== undefined),
    });
    if (!answer.ok) return answer;
    return ok(
      writes.map((write, index) => {
        const text = answer.value.writeResults[index]?.updateTime;
        return write.op === 'delete' || text === undefined ? undefined : requireTime(text);
      }),
    );
  };

  const rollback = async (transaction: string | undefined): Promise<void> => {
    if (transaction === undefined) return;
    // Its outcome changes nothing: an open transaction without a commit ends by itself, only later.
    await callFirestore(rest, {
      operation: 'transact',
      method: 'rollback',
      body: { transaction },
      answer: RollbackAnswer,
    });
  };

  /** Nothing read, nothing to hold: then the commit alone is the transaction. */
  const begin = async (paths: readonly DocumentPath[], previous: string | undefined) => {
    if (paths.length === 0) return ok({ documents: [], transaction: undefined });
    const readWrite = previous === undefined ? {} : { retryTransaction: previous };
    const begun = await read('transact', paths, { newTransaction: { readWrite } });
    if (begun.ok && begun.value.transaction === undefined) {
      return err({ kind: 'unavailable', detail: 'firestore transact: no transaction was begun' });
    }
    return begun;
  };

  const attempt = async <T>(
    paths: readonly DocumentPath[],
    decide: (documents: (StoredDocument | undefined)[]) => { writes: readonly DocumentWrite[]; value: T },
    previous: string | undefined,
  ): Promise<{ result: Result<T, StoreError>; transaction?: string | undefined }> => {
    const begun = await begin(paths, previous);
    if (!begun.ok) return { result: begun };
    const { documents, transaction } = begun.value;
    let decided: ReturnType<typeof decide> | undefined;
    try {
      decided = decide(documents);
    } finally {
      if (decided === undefined) await rollback(transaction); // a bug in `decide` must not keep locks
    }
    const refusal = refusalOf(decided.writes);
    if (refusal !== undefined) {
      await rollback(transaction);
      return { result: err(refusal) };
    }
    const sent = await send('transact', decided.writes, transaction);
    return { result: sent.ok ? ok(decided.value) : sent, transaction };
  };

  return {
    getAll: async paths => {
      if (paths.length === 0) return ok([]);
      const answer = await read('getAll', paths);
      return answer.ok ? ok(answer.value.documents) : answer;
    },

    query: async query => {
      const body = { structuredQuery: encodeQuery(query, codec) };
      const call = { operation: 'query', method: 'runQuery', body, answer: RunQueryAnswer } as const;
      const answer = await callFirestore(rest, call);
      if (!answer.ok) return answer;
      return ok(answer.value.flatMap(({ document }) => (document === undefined ? [] : [toStored(document)])));
    },

    commit: async writes => {
      const refusal = refusalOf(writes);
      if (refusal !== undefined) return err(refusal);
      const sent = await send('commit', writes);
      return sent.ok ? ok({ updateTimes: sent.value }) : sent;
    },

    transact: async (paths, decide) => {
      let previous: string | undefined;
      for (let tried = 1; ; tried += 1) {
        const { result, transaction } = await attempt(paths, decide, previous);
        if (result.ok || result.error.kind !== 'contention' || tried === TRANSACTION_ATTEMPTS_MAX) return result;
        previous = transaction ?? previous;
        await options.sleep(transactionWaitMs(tried - 1, options.random()));
      }
    },
  };
}

function requireTime(text: string): Timestamp {
  const time = timestampFromText(text);
  if (time === undefined) throw new TypeError('Firestore sent a document time that is none');
  return time;
}
