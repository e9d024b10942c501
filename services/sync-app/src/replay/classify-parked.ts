import { Parked } from '@innkeeper/shared/contracts/parked';
import { StoredEvent } from '@innkeeper/shared/contracts/stored-event';
import { RecordSource } from '@innkeeper/shared/domain/ids';
import { parkedMarkPath } from '@innkeeper/shared/hydration/parked-mark';
import type { DocumentPath, StoredDocument, Timestamp } from '@innkeeper/shared/ports/document-store';
import * as z from 'zod/mini';
import type { Target, Way } from './target.ts';

/** What can be done about a parked thing, by where it is. `event`: the stored event it names, where it names one. Pure. */
export function classifyParked(document: StoredDocument, event: StoredDocument | undefined): Target {
  const id = document.path.slice('parked/'.length);
  const parked = Parked.safeParse(document.fields);
  if (!parked.success) return stuck({ id, source: 'innkeeper', what: 'unknown', standing: 'unknown' }, OTHER_RELEASE);
  const { subject, reason, by } = parked.data;
  const standing = reason;
  const [collection = ''] = subject.split('/');
  const path = document.path;
  switch (collection) {
    case 'events':
      return eventTarget({ id, standing, by }, subject, event);
    case 'records': {
      const mark = readMark(id, subject);
      if (mark !== undefined) {
        const { vendor, subject: marked } = mark;
        return { id, source: vendor, what: marked, standing, way: { by: 'mark', ...mark, parked: path } };
      }
      const [source = 'innkeeper', kind = 'record'] = subject.slice('records/'.length).split(':');
      return { id, source, what: `index ${kind}`, standing, way: touch(subject as DocumentPath, path) };
    }
    case 'interactions':
      return {
        id,
        source: 'innkeeper',
        what: 'index interaction',
        standing,
        way: touch(subject as DocumentPath, path),
      };
    case 'chatMessages': {
      const way: Way = { by: 'chat-message', document: subject as DocumentPath, parked: path };
      return { id, source: 'rocketchat', what: 'index chat-message', standing, way };
    }
    default: {
      const [scheme = ''] = subject.split(':');
      const source = scheme === 'mongodb' || scheme === 'pubsub' ? 'rocketchat' : (sourceOfId(id) ?? 'innkeeper');
      return stuck({ id, source, what: by, standing }, WHY_STUCK[scheme] ?? `nothing replays ${scheme}`);
    }
  }
}

/** A stored event by itself. */
export function classifyEvent(document: StoredDocument): Target {
  const id = document.path.slice('events/'.length);
  const event = EventHead.safeParse(document.fields);
  if (!event.success) return stuck({ id, source: 'innkeeper', what: 'unknown', standing: 'unknown' }, OTHER_RELEASE);
  const { source, event: what, outcome, reason } = event.data;
  const standing = reason ?? outcome;
  return {
    id,
    source,
    what,
    standing,
    way: wayOfEvent(event.data, document.updateTime),
  };
}

/** A stored event without its payload. */
export const EventHead = z.omit(StoredEvent, { payload: true });
type EventHead = Omit<StoredEvent, 'payload'>;

function eventTarget(
  { id, standing, by }: { readonly id: string; readonly standing: string; readonly by: string },
  subject: string,
  document: StoredDocument | undefined,
): Target {
  const event = EventHead.safeParse(document?.fields);
  if (document === undefined || !event.success) {
    const why = document === undefined ? `${subject} is no longer kept: events expire after 30 days` : OTHER_RELEASE;
    return stuck({ id, source: sourceOfId(id) ?? 'rocketchat', what: by, standing }, why);
  }
  return {
    id,
    source: event.data.source,
    what: event.data.event,
    standing,
    way: wayOfEvent(event.data, document.updateTime),
  };
}

function wayOfEvent({ source, eventId }: EventHead, noted: Timestamp): Way {
  if (source !== 'rocketchat') return { by: 'queue', vendor: source, eventId, noted };
  const messageId = eventId.slice(CHAT_EVENT.length);
  return { by: 'chat-change', messageId, parked: `parked/vectorize:chat:${messageId}` };
}

/** `functions/vectorize` names a chat change's documents after the push. */
const CHAT_EVENT = 'rocketchat-';

const touch = (document: DocumentPath, parked: DocumentPath): Way => ({ by: 'touch', document, parked });

/** `<vendor>-mark-<subject>-<id>`, where subject and id may have hyphens: the record's key tells the id. */
function readMark(
  parkedId: string,
  subject: string,
): Pick<Way & { by: 'mark' }, 'vendor' | 'subject' | 'id'> | undefined {
  const [, vendorWord] = /^([a-z]+)-mark-/u.exec(parkedId) ?? [];
  const vendor = RecordSource.safeParse(vendorWord);
  if (!vendor.success) return undefined;
  const id = decodeURIComponent(subject.split(':').slice(2).join(':'));
  const around = parkedMarkPath({ source: vendor.data, subject: '\0', id }).slice('parked/'.length);
  const before = around.slice(0, around.indexOf('%00'));
  const after = around.slice(before.length + '%00'.length);
  const named = parkedId.slice(before.length, -after.length);
  return parkedId.startsWith(before) && parkedId.endsWith(after) && named !== ''
    ? { vendor: vendor.data, subject: decodeURIComponent(named), id }
    : undefined;
}

const sourceOfId = (id: string): RecordSource | undefined => RecordSource.safeParse(id.split('-')[0]).data;

const stuck = (target: Omit<Target, 'way'>, why: string): Target => ({ ...target, way: { by: 'none', why } });

const OTHER_RELEASE = 'it was written by another release and cannot be read';

/** By where the thing is. */
const WHY_STUCK: Readonly<Record<string, string>> = {
  r2: 'the message was no delivery of ours; it lies in the bucket for a person to look at',
  mongodb: 'it lies in Rocket.Chat’s own database; the listener comes past it again when it is edited or healed',
  pubsub: 'Pub/Sub’s message was not kept',
};
