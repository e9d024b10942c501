import type { DirtyEntry } from '../hydration/dirty-set.ts';
import type { Hydrated } from '../hydration/hydrator.ts';
import { type RecordChange, rank } from '../ingest/record-change.ts';
import type { Mark } from '../ports/hydration-gate.ts';

/**
 * A vendor's address book for tests of what reads from one: contacts with a version, some of which can never be written
 * (no name of theirs is known), and some of which the vendor does not have.
 */
export interface ContactVendor {
  /** By id; absent: the vendor has no such contact. */
  readonly versions: Map<string, number>;
  read(entry: DirtyEntry, nowMs: number): Hydrated;
}

const RECEIVED_AT = '2026-11-21T10:00:00.000Z';

export const isPoison = (id: string): boolean => id.startsWith('poison');

export function contactVendor(): ContactVendor {
  const versions = new Map<string, number>();
  return {
    versions,
    read: (entry, nowMs) => {
      const version = versions.get(entry.id);
      if (version === undefined) return { kind: 'gone', changes: [] };
      return { kind: 'read', changes: [contactChange(entry.id, version, nowMs, entry.cause.eventId)] };
    },
  };
}

export function contactChange(id: string, version: number, observedAtMs: number, eventId: string): RecordChange {
  const facts = isPoison(id) ? {} : { contactId: id, firstName: `version ${version}` };
  return {
    source: 'aircall',
    kind: 'contact',
    sourceId: id,
    parts: [{ rank: rank.state, version, facts, deleted: false }],
    pipelineRevision: 1,
    observedAtMs,
    receivedAt: RECEIVED_AT,
    provenance: { eventId, event: 'contact.updated', via: 'hydration' },
  };
}

export const contactMark = (id: string, changes: Partial<Mark> = {}): Mark => ({
  subject: 'contact',
  id,
  seenAtMs: 1,
  lane: 'live',
  cause: { eventId: `event-of-${id}`, event: 'contact.updated', receivedAt: RECEIVED_AT },
  ...changes,
});
