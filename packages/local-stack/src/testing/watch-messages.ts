import type { ChangeStream, ChangeStreamDocument, ChangeStreamOptions, Document } from 'mongodb';

/** Messages as the tests of change streams write and watch them. */
export interface Message extends Document {
  _id: string;
  list?: number[];
}
export type Change = ChangeStreamDocument<Message>;

/** A stream that is open on the server, so that nothing written from here on is missed. */
export async function openStream(
  target: { watch(pipeline: Document[], options: ChangeStreamOptions): ChangeStream<Message> },
  pipeline: Document[] = [],
  options: ChangeStreamOptions = {},
): Promise<ChangeStream<Message>> {
  const stream = target.watch(pipeline, { maxAwaitTimeMS: 5, ...options });
  await stream.tryNext();
  return stream;
}

/** The next so many changes. */
export async function take(stream: ChangeStream<Message>, count: number): Promise<Change[]> {
  const changes: Change[] = [];
  while (changes.length < count) changes.push(await stream.next());
  return changes;
}

/** What a resume token is made of. */
export const dataOf = (token: unknown): string => (token as { _data: string })._data;

export const tokenOf = (change: Change | undefined): string => dataOf(change?._id);
