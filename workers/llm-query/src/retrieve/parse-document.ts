import type { Log } from '@innkeeper/shared/log/log';
import type { StoredDocument } from '@innkeeper/shared/ports/document-store';
import * as z from 'zod/mini';

/** A stored document as its contract says; undefined where there is none, or it cannot be understood (logged). */
export function parseDocument<T>(
  schema: z.core.$ZodType<T>,
  document: StoredDocument | undefined,
  log: Log,
): T | undefined {
  if (document === undefined) return undefined;
  const parsed = z.safeParse(schema, document.fields);
  if (parsed.success) return parsed.data;
  log.error('record.not_understood', { path: document.path, problem: parsed.error.issues[0]?.path.join('.') });
  return undefined;
}
