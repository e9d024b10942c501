import type { DocumentStore, FieldFilter, StoredDocument, StoreError } from '@innkeeper/shared/ports/document-store';
import { ok, type Result } from '@innkeeper/shared/result/result';

/** Documents a query answers with at a time; each may be almost 1 MiB. */
const PAGE = 200;

/** Looks at every document of a collection once, by id, and keeps what `pick` makes of it. I/O: the document store. */
export async function scan<T>(
  store: DocumentStore,
  collection: string,
  pick: (document: StoredDocument) => T | undefined,
  where: readonly FieldFilter[] = [],
): Promise<Result<T[], StoreError>> {
  const picked: T[] = [];
  for (let last: string | undefined; ; ) {
    const page = await store.query({
      collection,
      where,
      orderBy: [{ field: '__name__', direction: 'asc' }],
      limit: PAGE,
      ...(last === undefined ? {} : { startAfter: [last] }),
    });
    if (!page.ok) return page;
    for (const document of page.value) {
      const value = pick(document);
      if (value !== undefined) picked.push(value);
    }
    const end = page.value.at(-1);
    if (end === undefined || page.value.length < PAGE) return ok(picked);
    last = end.path.slice(collection.length + 1);
  }
}
