import { IndexState } from '@innkeeper/shared/contracts/index-state';
import { type DocumentPath, type DocumentStore, versionOf } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { explainStore } from './find-guest.ts';

/** The index follows the documents by itself; here it is looked at until it has, or until the time is over. */
export interface IndexCheck {
  readonly documents: number;
  /** Keys whose vectors are not known to follow the erased state yet. */
  readonly behind: readonly string[];
}

export interface IndexWait {
  readonly store: DocumentStore;
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly waitMs: number;
}

const BETWEEN_LOOKS_MS = 500;

export async function awaitIndex(
  { store, now, pause, waitMs }: IndexWait,
  paths: readonly DocumentPath[],
): Promise<Result<IndexCheck, string>> {
  const until = now() + waitMs;
  for (;;) {
    const behind = await findBehind(store, paths);
    if (!behind.ok || behind.value.length === 0 || now() >= until) {
      return behind.ok ? ok({ documents: paths.length, behind: behind.value }) : behind;
    }
    await pause(BETWEEN_LOOKS_MS);
  }
}

async function findBehind(store: DocumentStore, paths: readonly DocumentPath[]): Promise<Result<string[], string>> {
  const keys = paths.map(docKeyOf);
  const read = await store.getAll([...paths, ...keys.map(key => `indexState/${key}` as const)]);
  if (!read.ok) return err(explainStore(read.error));
  return ok(
    keys.filter((_key, index) => {
      const document = read.value[index];
      const state = IndexState.safeParse(read.value[paths.length + index]?.fields).data;
      return document !== undefined && (state === undefined || state.srcVersion < versionOf(document));
    }),
  );
}

/** As the index names documents. */
function docKeyOf(path: DocumentPath): string {
  const [collection, id = ''] = path.split('/');
  return collection === 'interactions' ? `interaction:${id}` : id;
}
