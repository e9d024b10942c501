import { createHash } from 'node:crypto';
import { chatDocumentId } from '@innkeeper/shared/domain/ids';
import { BSON } from 'mongodb';
import { COLLECTIONS, type Followed } from '../source-document.ts';
import type { ParkedThing } from './parking.ts';

/** The account of one document that could not be understood, under an id that is the same each time. Pure. */
export function parkedThing(
  thing: { readonly followed: Followed; readonly id: unknown; readonly reason: string; readonly detail: string },
  at: Date,
): ParkedThing {
  const id = idText(thing.id);
  return {
    path: `parked/mongo-listener:${thing.followed}:${chatDocumentId(id)}`,
    parked: {
      v: 1,
      by: 'mongo-listener',
      reason: thing.reason,
      detail: thing.detail,
      subject: `mongodb:${COLLECTIONS[thing.followed]}/${id}`,
      attempts: 1,
      parkedAt: at.toISOString(),
    },
  };
}

/** An `_id` may be anything: what does not fit a document id is named by its hash. */
function idText(id: unknown): string {
  const text = typeof id === 'string' ? id : (BSON.EJSON.stringify(id) ?? 'undefined');
  return text !== '' && text.length <= ID_LENGTH_MAX && text.isWellFormed() && !text.includes('\0')
    ? text
    : `sha256-${createHash('sha256').update(text).digest('hex')}`;
}

/** Firestore takes 1,500 bytes, of which the rest of the id and the encoding need some. */
const ID_LENGTH_MAX = 256;
