import type { StoreError } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type * as z from 'zod';
import type { DocumentReader } from '../world.ts';
import type { AskError } from './ask-error.ts';

/** Documents of Firestore, read once and parsed. */
export async function readDocument<T>(
  store: DocumentReader,
  path: `${string}/${string}`,
  schema: z.ZodType<T>,
): Promise<Result<T | undefined, AskError>> {
  const read = await store.getAll([path]);
  if (!read.ok) return err(askErrorOf(read.error));
  const [document] = read.value;
  if (document === undefined) return ok(undefined);
  const parsed = schema.safeParse(document.fields);
  return parsed.success
    ? ok(parsed.data)
    : err({ kind: 'unreadable', detail: `holds a document ${path} that this release cannot read` });
}

/** A store's failure as an answer that was not given. Pure. */
export function askErrorOf({ kind }: StoreError): AskError {
  switch (kind) {
    case 'denied':
      return { kind: 'forbidden', detail: 'does not let you read its documents' };
    case 'unavailable':
    case 'contention':
      return { kind: 'vendor_failed', detail: 'gives no document now' };
    case 'precondition_failed':
    case 'refused':
      return { kind: 'unreadable', detail: 'gives something else than documents' };
  }
}
