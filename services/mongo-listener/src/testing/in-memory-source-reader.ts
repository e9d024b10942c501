import { ok, type Result } from '@innkeeper/shared/result/result';
import { type Document, Timestamp } from 'mongodb';
import { compareUtf8 } from '../healing/compare-sorted-ids.ts';
import type { ScanPage, SourceReader } from '../snapshot/source-reader.ts';
import type { Followed } from '../source-document.ts';
import type { StreamFailure } from '../stream/stream-failure.ts';

/** A database of four collections that only a scan reads; the test writes into it as it likes. */
export interface InMemorySource {
  readonly collections: Readonly<Record<Followed, Document[]>>;
  /** Its cluster time, in seconds. */
  time: number;
}

export const inMemorySource = (time: number): InMemorySource => ({
  collections: { message: [], room: [], subscription: [], user: [] },
  time,
});

export function inMemorySourceReader(source: InMemorySource, pageDocuments: number): SourceReader {
  const byText = (followed: Followed): Document[] =>
    source.collections[followed]
      .filter(({ _id }) => typeof _id === 'string')
      .sort((left, right) => compareUtf8(String(left._id), String(right._id)));
  const withId = (followed: Followed, ids: readonly string[]): Document[] => {
    const wanted = new Set<unknown>(ids);
    return source.collections[followed].filter(({ _id }) => wanted.has(_id));
  };
  async function* paged(documents: readonly Document[], after: string | undefined): Pages {
    for (let at = 0; at < documents.length; at += pageDocuments) {
      yield ok({ documents: documents.slice(at, at + pageDocuments), after });
    }
  }

  return {
    operationTime: () => Promise.resolve(ok(new Timestamp({ t: source.time, i: 1 }))),
    readAfter: operationTime => {
      if (operationTime.t > source.time) throw new Error('an operation time of the future');
    },
    count: followed => Promise.resolve(ok(source.collections[followed].length)),
    async *scan(followed, { after: start, writtenSince, idsOnly }) {
      const shape = (document: Document): Document => (idsOnly === true ? { _id: document._id as unknown } : document);
      const isWanted = ({ _updatedAt }: Document): boolean =>
        writtenSince === undefined || !(_updatedAt instanceof Date) || _updatedAt >= writtenSince;
      let after = start;
      for (;;) {
        const page = byText(followed)
          .filter(
            document => isWanted(document) && (after === undefined || compareUtf8(String(document._id), after) > 0),
          )
          .slice(0, pageDocuments);
        if (page.length === 0) break;
        after = String(page.at(-1)?._id);
        yield ok({ documents: page.map(shape), after });
      }
      const others = source.collections[followed].filter(one => typeof one._id !== 'string' && isWanted(one));
      yield* paged(others.map(shape), after);
    },
    documents: (followed, ids) => paged(withId(followed, ids), undefined),
    existing: (followed, ids) => Promise.resolve(ok(new Set(withId(followed, ids).map(({ _id }) => String(_id))))),
  };
}

type Pages = AsyncGenerator<Result<ScanPage, StreamFailure>, void>;
