import type { AircallContact } from '@innkeeper/shared/adapters/aircall/payload';
import { type ChangePart, type PartialFacts, rank } from '@innkeeper/shared/ingest/record-change';
import { toPlusAndDigits } from './normalise-call.ts';

/** A contact event to what it says about the contact. The payload is the contact as it was at `timestamp` (Unix seconds). Pure. */
export type ContactEvent = 'contact.created' | 'contact.updated' | 'contact.deleted';

export const isContactEvent = (event: string): event is ContactEvent =>
  event === 'contact.created' || event === 'contact.updated' || event === 'contact.deleted';

export function normaliseContact(event: ContactEvent, timestamp: number, contact: AircallContact): ChangePart[] {
  const deleted = event === 'contact.deleted';
  const facts: PartialFacts<'contact'> = {
    contactId: contact.id,
    firstName: blankToNull(contact.first_name),
    lastName: blankToNull(contact.last_name),
    company: blankToNull(contact.company_name),
    phones: contact.phone_numbers?.flatMap(entry => toPlusAndDigits(entry.value) ?? []),
    emails: contact.emails?.map(entry => entry.value),
  };
  // An id is never given out again, so the end outranks every later word.
  const version = timestamp * 1000 + (event === 'contact.created' ? 0 : 1);
  return [
    { rank: rank.state, version, facts, ...(deleted ? {} : { deleted: false }) },
    ...(deleted ? [{ rank: rank.end, version, deleted: true }] : []),
  ];
}

/** Absent says nothing, empty says there is none. */
const blankToNull = (text: string | null | undefined): string | null | undefined =>
  text === undefined ? undefined : text?.trim() || null;
