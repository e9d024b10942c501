import type { AircallCall, AircallMessage } from '@innkeeper/shared/adapters/aircall/payload';
import type { UnseenValue } from '@innkeeper/shared/ingest/unseen-value';
import { KNOWN_STATUSES } from './normalise-message.ts';

/** Every word this mapping knows, by the field it stands in. Pure. */
const known = {
  'call.direction': ['inbound', 'outbound'],
  'call.status': ['initial', 'answered', 'done'],
  'call.missed_call_reason': [
    'out_of_opening_hours',
    'short_abandoned',
    'abandoned_in_ivr',
    'abandoned_in_classic',
    'abandoned',
    'no_available_agent',
    'agents_did_not_answer',
  ],
  'message.direction': ['inbound', 'outbound'],
  'message.status': KNOWN_STATUSES,
  'message.channel': ['sms', 'mms', 'whatsapp'],
} satisfies Record<string, readonly string[]>;

export function unseenInCall(call: AircallCall): UnseenValue[] {
  return [
    ...unseen('call.direction', call.direction),
    ...unseen('call.status', call.status),
    ...unseen('call.missed_call_reason', call.missed_call_reason),
  ];
}

export function unseenInMessage(message: AircallMessage): UnseenValue[] {
  return [
    ...unseen('message.direction', message.direction),
    ...unseen('message.status', message.status),
    ...unseen('message.channel', message.channel),
  ];
}

function unseen(field: keyof typeof known, value: string | null | undefined): UnseenValue[] {
  const words: readonly string[] = known[field];
  return value === null || value === undefined || words.includes(value) ? [] : [{ field, value }];
}
