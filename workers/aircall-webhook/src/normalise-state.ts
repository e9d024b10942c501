import type { AircallIntegration, AircallNumber, AircallUser } from '@innkeeper/shared/adapters/aircall/payload';
import { TimeZone } from '@innkeeper/shared/domain/local-time';
import type { PartialFacts } from '@innkeeper/shared/ingest/record-change';
import type { ThingNews } from './events/event-table.ts';
import { phoneDigits } from './phone-digits.ts';

/** Users, numbers and integrations: only their state, for operators. Pure. */
export function teamMemberFacts(user: AircallUser, tells: ThingNews | undefined): PartialFacts<'team-member'> {
  return {
    userId: user.id,
    name: user.name ?? undefined,
    // The reason of an absence says more than that there is one.
    availability: user.substatus ?? user.availability_status ?? undefined,
    connected: either(tells, 'connected', 'disconnected'),
    open: either(tells, 'opened', 'closed'),
    wrappingUp: either(tells, 'wrapping up', 'wrapped up'),
  };
}

export function phoneLineFacts(number: AircallNumber, tells: ThingNews | undefined): PartialFacts<'phone-line'> {
  return {
    lineId: number.id,
    name: number.name ?? undefined,
    number: phoneDigits(number.e164_digits ?? number.digits),
    timezone: TimeZone.safeParse(number.time_zone).data,
    open: either(tells, 'opened', 'closed') ?? number.open ?? undefined,
  };
}

export function integrationFacts(integration: AircallIntegration): PartialFacts<'integration'> {
  return { integrationId: integration.id, name: integration.name ?? undefined };
}

const either = (tells: ThingNews | undefined, yes: ThingNews, no: ThingNews): boolean | undefined =>
  tells === yes ? true : tells === no ? false : undefined;
