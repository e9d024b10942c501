import type { PhoneCall } from '../world/world.ts';

/** A call of the demo's world as the series of webhook bodies that Aircall sends for it. */
export type CallEventName = 'call.created' | 'call.answered' | 'call.hungup' | 'call.ended' | 'call.commented';

const LINE = {
  id: 400001,
  name: 'Front desk',
  digits: '+351 21 000 0001',
  country: 'PT',
  time_zone: 'Europe/Lisbon',
  open: true,
  is_ivr: false,
};

const RINGING_SECONDS = 17;
const TALKING_SECONDS = 95;

export function callEvents(call: PhoneCall, token: string): Record<string, unknown>[] {
  const names: CallEventName[] = call.missed
    ? ['call.created', 'call.hungup', 'call.ended']
    : [
        'call.created',
        'call.answered',
        'call.hungup',
        'call.ended',
        ...(call.note === undefined ? [] : (['call.commented'] as const)),
      ];
  return names.map(name => callEvent(name, call, token));
}

/** The call as Aircall's API shows it when all is over. */
export const callDocument = (call: PhoneCall): object =>
  callEvent(call.note === undefined ? 'call.ended' : 'call.commented', call, '').data;

function callEvent(name: CallEventName, call: PhoneCall, token: string) {
  const started = Math.floor(call.at.getTime() / 1000);
  const answered = call.missed ? null : started + RINGING_SECONDS;
  const ended = started + RINGING_SECONDS + (call.missed ? 0 : TALKING_SECONDS);
  const over = name === 'call.hungup' || name === 'call.ended' || name === 'call.commented';
  const agent = { id: 700001, name: call.agent, email: `${call.agent.toLowerCase()}@example.com`, available: true };
  return {
    resource: 'call',
    event: name,
    // The vendor's clock has whole seconds, and `ended` comes half a minute after `hungup`.
    timestamp: {
      'call.created': started,
      'call.answered': started + RINGING_SECONDS,
      'call.hungup': ended,
      'call.ended': ended + 30,
      'call.commented': ended + 60,
    }[name],
    token,
    data: {
      id: call.id,
      direct_link: `https://api.aircall.io/v1/calls/${call.id}`,
      call_uuid: `CA${call.id}`,
      direction: 'inbound',
      status: name === 'call.created' ? 'initial' : over ? 'done' : 'answered',
      missed_call_reason: over && call.missed ? 'agents_did_not_answer' : null,
      started_at: started,
      answered_at: name === 'call.created' ? null : answered,
      ended_at: over ? ended : null,
      duration: over ? ended - started : 0,
      cost: '0.0',
      hangup_cause: null,
      voicemail: null,
      recording: null,
      raw_digits: call.from.phone,
      ...(call.missed || name === 'call.created' ? {} : { user: agent }),
      contact: {
        id: call.id - 910_000_000 + 80_000_000,
        first_name: call.from.first,
        last_name: call.from.last,
        phone_numbers: [{ id: 1, label: 'Mobile', value: call.from.phone }],
      },
      number: LINE,
      archived: false,
      teams: [],
      comments:
        name === 'call.commented' && call.note !== undefined
          ? [{ id: call.id + 1, content: call.note, posted_by: agent, posted_at: ended + 60 }]
          : [],
      tags: [],
    },
  };
}
