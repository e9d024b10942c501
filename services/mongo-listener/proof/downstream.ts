import { setTimeout as pause } from 'node:timers/promises';
import { type ChatChange, chatChangeKey } from '@innkeeper/shared/contracts/chat-change';
import { chatUserAccessPath } from '@innkeeper/shared/contracts/chat-documents';
import { chatDocumentId } from '@innkeeper/shared/domain/ids';
import type { DocumentFields, DocumentPath, DocumentStore } from '@innkeeper/shared/ports/document-store';
import { err, ok } from '@innkeeper/shared/result/result';
import type { ChangePublisher } from '../src/publish/change-publisher.ts';
import { type Arrival, faceOf, type Knowledge, overrules } from './chat-history.ts';
import type { Life } from './mortal.ts';

/**
 * Pub/Sub and what is behind it. Keeps every acknowledged message in its order, and what a reader downstream would store
 * of it, which a healing compares with.
 */
export interface Downstream {
  readonly arrivals: readonly Arrival[];
  /** Resolves once anything is known of the thing with this key. */
  arrived(key: string): Promise<void>;
  /** Pub/Sub as one listener reaches it. Each request meets the next of the `faults`, if there is one. */
  publisher(life: Life, faults: PublishFault[]): ChangePublisher;
}

/** `part`: the first half is kept, then the answer is an error. `late`: kept and answered after a while. */
export type PublishFault = 'refused' | 'answer_lost' | 'part' | 'late';

export function downstream(store: DocumentStore): Downstream {
  const arrivals: Arrival[] = [];
  const known = new Map<string, Knowledge>();
  const waiting = new Map<string, () => void>();

  async function keep(topic: Arrival['topic'], changes: readonly ChatChange[]): Promise<void> {
    for (const change of changes) {
      arrivals.push({ topic, change });
      const key = chatChangeKey(change);
      const next = { version: change.version, face: faceOf(change) };
      const path = documentPath(change);
      if (path === undefined || !overrules(next, known.get(key))) continue;
      known.set(key, next);
      const written = await store.commit([{ op: 'set', path, fields: documentFields(path, next) }]);
      if (!written.ok) throw new Error(written.error.detail);
      waiting.get(key)?.();
    }
  }

  return {
    arrivals,
    arrived: key =>
      new Promise(resolve => {
        if (known.has(key)) resolve();
        else waiting.set(key, resolve);
      }),
    publisher: (life, faults) => ({
      publish: (topic, changes) =>
        life.call(async () => {
          const fault = faults.shift();
          if (fault === 'refused') return UNAVAILABLE;
          await keep(topic, fault === 'part' ? changes.slice(0, Math.ceil(changes.length / 2)) : changes);
          if (fault === 'late') await pause(LATE_MS);
          return fault === 'answer_lost' || fault === 'part' ? UNAVAILABLE : ok(undefined);
        }),
    }),
  };
}

const UNAVAILABLE = err({ kind: 'unavailable', detail: 'by the schedule' } as const);
/** Longer than any other step of a schedule, so that what follows overtakes it where it can. */
const LATE_MS = 15;

/** Where a healing looks for what is known. */
function documentPath(change: ChatChange): DocumentPath | undefined {
  switch (change.kind) {
    case 'message':
    case 'message-removed':
      return `chatMessages/${chatDocumentId(change.messageId)}`;
    case 'room':
    case 'room-removed':
      return `chatRooms/${chatDocumentId(change.roomId)}`;
    case 'member':
    case 'member-removed':
      return `chatMembers/${chatDocumentId(change.memberId)}`;
    case 'user':
    case 'user-removed':
      return chatUserAccessPath(change.userId);
    case 'feedback':
      return undefined;
  }
}

/** As much of the documents' contracts as a healing reads. */
const documentFields = (path: DocumentPath, { version, face }: Knowledge): DocumentFields =>
  path.startsWith('chatAccess/')
    ? { v: 1, user: { version, active: face !== undefined, roles: [] }, rooms: {} }
    : { v: 1, version, deleted: face === undefined };
