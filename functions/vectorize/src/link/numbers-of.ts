import { type PhoneRegion, toE164 } from '@innkeeper/shared/adapters/phone/e164';
import type { PhoneLink } from '@innkeeper/shared/contracts/phone-link';
import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';

/** What a record has to say about telephone numbers; `undefined` for nothing (none, a tombstone, an erased person). Pure. */
export type Numbered = Pick<PhoneLink, 'kind' | 'numbers' | 'guest'>;

export function numbersOf(record: BusinessRecord | undefined, region?: PhoneRegion): Numbered | undefined {
  if (record === undefined || record.deleted || record.erased === true) return undefined;
  switch (record.kind) {
    case 'guest':
      return numbered('guest', record.facts.phones, region, {
        id: record.facts.guestId,
        ...nameOf(record.facts),
      });
    case 'contact':
      return numbered('contact', record.facts.phones, region);
    case 'call':
    case 'text-message':
      return numbered(record.kind, [record.facts.externalNumber ?? ''], region);
    case 'reservation':
    case 'guest-message':
    case 'listing':
    case 'calendar-block':
    case 'task':
    case 'payment':
    case 'team-member':
    case 'phone-line':
    case 'integration':
      return undefined;
  }
}

function numbered(
  kind: Numbered['kind'],
  written: readonly string[],
  region: PhoneRegion | undefined,
  guest?: PhoneLink['guest'],
): Numbered | undefined {
  const numbers = [...new Set(written.flatMap(text => toE164(text, region) ?? []))].sort();
  return numbers.length === 0 ? undefined : { kind, numbers, ...(guest === undefined ? {} : { guest }) };
}

function nameOf(facts: {
  fullName?: string | undefined;
  firstName?: string | undefined;
  lastName?: string | undefined;
}) {
  const name = facts.fullName ?? [facts.firstName, facts.lastName].filter(Boolean).join(' ');
  return name === '' ? {} : { name };
}
