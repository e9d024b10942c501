import type {
  DocumentFields,
  DocumentPath,
  DocumentStore,
  StoreError,
  Timestamp,
} from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { ListenerPosition, type PositionError } from './position-store.ts';

export const POSITION_PATH: DocumentPath = 'listenerState/rocketchat';

export interface PositionDocument {
  readonly position: ListenerPosition;
  readonly updateTime: Timestamp;
}

/** Waiting copies look this often; a lease is given up three looks and taken over one look before its end. */
export const lookEveryMs = (leaseMs: number): number => leaseMs / 15;

/** As stored: what is undefined, at any depth, is left out. */
export const toFields = (position: ListenerPosition): DocumentFields =>
  JSON.parse(JSON.stringify(position)) as DocumentFields;

/** Reads the document; an unreadable one is `denied`: only a person knows what it should say. */
export async function readPosition(store: DocumentStore): Promise<Result<PositionDocument | undefined, PositionError>> {
  const read = await store.getAll([POSITION_PATH]);
  if (!read.ok) return err(toPositionError(read.error));
  const document = read.value[0];
  if (document === undefined) return ok(undefined);
  const parsed = ListenerPosition.safeParse(document.fields);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(issue => issue.path.join('.')).join(', ');
    return err({ kind: 'denied', detail: `${POSITION_PATH} is not readable: ${fields}` });
  }
  return ok({ position: parsed.data, updateTime: document.updateTime });
}

export function toPositionError(error: StoreError): PositionError {
  const detail = `${error.kind}: ${error.detail}`;
  return error.kind === 'denied' || error.kind === 'refused'
    ? { kind: 'denied', detail }
    : { kind: 'unavailable', detail };
}

/** A holder that nobody is: the lease was given back. */
export const NOBODY = '';
