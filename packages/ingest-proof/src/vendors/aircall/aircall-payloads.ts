import type { JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import { AGENT, type Call, type Contact, companyOf, type Text } from './aircall-account.ts';

/** Aircall's objects as its webhooks and its API write them. Pure. */
const AGENT_OBJECT = {
  ...AGENT,
  direct_link: `https://api.aircall.io/v1/users/${AGENT.id}`,
  email: 'frida@example.com',
  available: true,
  availability_status: 'available',
  language: 'en-US',
};

const LINE = {
  id: 400_001,
  direct_link: 'https://api.aircall.io/v1/numbers/400001',
  name: 'Front desk',
  digits: '+43 720 000001',
  country: 'AT',
  time_zone: 'Europe/Vienna',
  open: true,
  availability_status: 'custom',
  is_ivr: false,
};

/** The routes of the API call some things by other names. */
export const callObject = (call: Call, where: 'event' | 'api'): JsonObject => ({
  id: call.id,
  direct_link: `https://api.aircall.io/v1/calls/${call.id}`,
  [where === 'event' ? 'call_uuid' : 'sid']: `CA${call.id}`,
  direction: call.direction,
  status:
    call.stage === 'hungup' || call.stage === 'ended' ? 'done' : call.stage === 'answered' ? 'answered' : 'initial',
  missed_call_reason: call.endedAt !== undefined && call.answeredAt === undefined ? 'agents_did_not_answer' : null,
  started_at: call.startedAt,
  answered_at: call.answeredAt ?? null,
  ended_at: call.endedAt ?? null,
  duration: call.endedAt === undefined ? 0 : call.endedAt - call.startedAt,
  cost: '0.0',
  hangup_cause: null,
  voicemail: null,
  recording: call.hasRecording
    ? `https://recordings.example.com/call-${call.id}.mp3?X-Amz-Expires=600&X-Amz-Signature=0`
    : null,
  asset: null,
  raw_digits: call.number,
  ...(call.answeredAt === undefined ? {} : { user: AGENT_OBJECT }),
  contact: call.contact === undefined ? null : contactObject(call.contact),
  archived: false,
  number: LINE,
  teams: [],
  comments: call.comments.map(({ id, text, at }) => ({ id, content: text, posted_by: AGENT_OBJECT, posted_at: at })),
  tags: call.tags.map(({ id, name, at }) => ({ id, name, tagged_by: AGENT_OBJECT, tagged_at: at })),
});

export const contactObject = (contact: Contact): JsonObject => ({
  id: contact.id,
  direct_link: `https://api.aircall.io/v1/contacts/${contact.id}`,
  first_name: contact.firstName,
  last_name: 'Neighbour',
  company_name: companyOf(contact),
  information: '',
  is_shared: true,
  created_at: contact.createdAt,
  updated_at: contact.updatedAt,
  emails: [{ id: contact.id + 1, label: 'Work', value: `${contact.id}@example.com` }],
  phone_numbers: [{ id: contact.id + 2, label: 'Mobile', value: contact.phone }],
});

export const textObject = (text: Text): JsonObject => ({
  id: text.id,
  direct_link: 'https://api.aircall.io/v1/messages/x',
  direction: text.direction,
  status: text.status,
  channel: null,
  body: text.body,
  external_number: '+44 7700 900123',
  media_url: [],
  created_at: text.sentAtMs,
  sent_at: text.sentAtMs,
  updated_at: text.sentAtMs,
  number: LINE,
  contact: null,
});

export const insightNotice = (call: Call, insightId: number): JsonObject => ({
  id: insightId,
  call_id: call.id,
  call_uuid: `CA${call.id}`,
  type: 'call',
});

export const transcriptAnswer = (call: Call): JsonObject => ({
  transcription: {
    id: call.id,
    call_id: call.id,
    content: {
      language: 'en',
      utterances: (call.transcript ?? []).map(({ startTime, isGuest, text }) => ({
        start_time: startTime,
        end_time: startTime + 2,
        text,
        participant_type: isGuest ? 'external' : 'internal',
      })),
    },
  },
});
