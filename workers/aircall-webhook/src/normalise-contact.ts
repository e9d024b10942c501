import type { AircallContact } from '@innkeeper/shared/adapters/aircall/payload';
import { type ChangePart, type PartialFacts, rank } from '@innkeeper/shared/ingest/record-change';
import { phoneDigits } from './phone-digits.ts';

/** A contact as it was at `version`. Pure. */
export function normaliseContact(contact: AircallContact, version: number): ChangePart {
  const facts: PartialFacts<'contact'> = {
    contactId: contact.id,
    firstName: blankToNull(contact.first_name),
    lastName: blankToNull(contact.last_name),
    company: blankToNull(contact.company_name),
    phones: contact.phone_numbers?.flatMap(entry => phoneDigits(entry.value) ?? []),
    emails: contact.emails?.map(entry => entry.value),
  };
  return { rank: rank.state, version, facts, deleted: false };
}

/** Absent says nothing, empty says there is none. */
const blankToNull = (text: string | null | undefined): string | null | undefined =>
  text === undefined ? undefined : text?.trim() || null;
