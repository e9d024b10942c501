import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { RecordReader } from '../retrieve/read-records.ts';
import type { RetrievalError } from '../retrieve/retrieval-error.ts';
import { fromStoreError } from '../retrieve/retrieval-error.ts';

/** Names are unique in Rocket.Chat but for discussions. */
const NAMESAKES_MAX = 50;

/** Ids of the rooms that people call so, whoever may read them. A deleted room has no name. I/O: Firestore. */
export async function roomsNamed(
  names: readonly string[],
  { documents }: Pick<RecordReader, 'documents'>,
): Promise<Result<ReadonlySet<string>, RetrievalError>> {
  const found = await documents.query({
    collection: 'chatRooms',
    where: [{ field: 'name', op: 'in', value: names.flatMap(name => [name, name.toLowerCase()]) }],
    select: ['name'],
    limit: NAMESAKES_MAX,
  });
  if (!found.ok) return err(fromStoreError(found.error));
  // What `chatDocumentId` encoded.
  return ok(new Set(found.value.map(({ path }) => decodeURIComponent(path.slice('chatRooms/'.length)))));
}
