import type { Interaction } from '@innkeeper/shared/contracts/interaction';
import type { StoredEvent } from '@innkeeper/shared/contracts/stored-event';
import { type RecordKind, type RecordSource, recordKey } from '@innkeeper/shared/domain/ids';
import { commitChanges } from '@innkeeper/shared/ingest/commit-changes';
import { type RecordChange, rank } from '@innkeeper/shared/ingest/record-change';
import type { DocumentFields, DocumentPath } from '@innkeeper/shared/ports/document-store';
import { type InMemoryDocumentStore, inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';

/**
 * A house in which Grace stayed: her booking, what she wrote and said, what the team asked about her; Harry, who did much
 * the same and stays; and another Grace, whom nobody may mistake for her.
 */
export const GRACE = 'g-grace-000001';
export const HARRY = 'g-harry-000002';
export const NAMESAKE = 'g-grace-000003';
export const GRACES_NUMBER = '+442079460103';
/** Nothing that belongs to Grace alone may be left: her number, her address, her words. */
export const TRACES_OF_GRACE = /7946|grace@example|yellow boots|asks for a cot|Grace Guest \(G\)/iu;
/** The assistant's post about her, and the team's own words. */
export const POST = 'answer-grace';
export const TEAM_MESSAGE = 'team-grace';

const AT = '2026-11-20T10:00:00.000Z';
type Seed = readonly [path: DocumentPath, fields: object];

export async function houseWithGuests(): Promise<InMemoryDocumentStore> {
  const store = inMemoryDocumentStore();
  const ports = { store, now: () => Date.parse(AT), random: () => 0, wait: () => Promise.resolve() };
  for (const one of RECORDS) {
    const committed = await commitChanges(ports, { by: 'test', changes: [one] });
    if (!committed.ok) throw new Error(JSON.stringify(committed.error));
  }
  for (const [path, fields] of OTHERS) {
    await store.commit([{ op: 'set', path, fields: JSON.parse(JSON.stringify(fields)) as DocumentFields }]);
  }
  return store;
}

const record = (source: RecordSource, kind: RecordKind, sourceId: string, facts: object): RecordChange => ({
  source,
  kind,
  sourceId,
  parts: [{ rank: rank.state, version: 1, facts: { ...facts } }],
  pipelineRevision: 1,
  observedAtMs: Date.parse(AT),
  receivedAt: AT,
  provenance: { eventId: 'e1', event: 'test', via: 'webhook' },
});

const guest = (guestId: string, fullName: string, phone: string, email: string): RecordChange =>
  record('guesty', 'guest', guestId, { guestId, fullName, phones: [phone], emails: [email] });

const booking = (reservationId: string, guestId: string, guestName: string, note: string): RecordChange =>
  record('guesty', 'reservation', reservationId, {
    reservationId,
    confirmationCode: `HM${reservationId}`,
    status: 'confirmed',
    guestId,
    guestName,
    stay: [{ listingId: 'casa-azul', checkInDate: '2026-11-21', checkOutDate: '2026-11-24' }],
    notes: [{ topic: 'wish', text: note }],
    bookedAt: AT,
  });

const message = (postId: string, text: string, about: object): RecordChange =>
  record('guesty', 'guest-message', postId, { postId, author: 'guest', sentAt: AT, text, ...about });

const call = (callId: string, externalNumber: string, contactName: string, comment: string): RecordChange =>
  record('aircall', 'call', callId, {
    callId,
    direction: 'inbound',
    stage: 'ended',
    startedAt: AT,
    externalNumber,
    contactName,
    comments: [{ id: '1', text: comment }],
    transcript: [{ by: 'guest', text: comment }],
  });

const RECORDS: readonly RecordChange[] = [
  record('guesty', 'listing', 'casa-azul', {
    listingId: 'casa-azul',
    nickname: 'Casa Azul',
    timezone: 'Europe/Lisbon',
  }),
  guest(GRACE, 'Grace Guest (G)', '+44 20 7946 0103', 'grace@example.com'),
  guest(HARRY, 'Harry Host', '+351 912 345 678', 'harry@example.com'),
  guest(NAMESAKE, 'Grace Guest', '+1 201 555 0123', 'other@example.com'),
  booking('r-000001', GRACE, 'Grace Guest (G)', 'She asks for a cot'),
  booking('r-000002', HARRY, 'Harry Host', 'He brings a dog'),
  message('post-000001', 'I left my yellow boots', { guestId: GRACE, guestName: 'Grace Guest (G)' }),
  message('post-000002', 'Were the yellow boots found?', { reservationId: 'r-000001' }),
  message('post-000003', 'The dog is fine', { reservationId: 'r-000002', guestId: HARRY }),
  record('guesty', 'task', 't-000001', {
    taskId: 't-000001',
    title: 'Send boots to Grace Guest (G)',
    status: 'pending',
    reservationId: 'r-000001',
  }),
  call('900000001', '+44 20 7946 0103', 'Grace G', 'Asked about her yellow boots'),
  call('900000002', '+351 912 345 678', 'Harry Host', 'Asked about the dog'),
  record('aircall', 'text-message', 'sms-000001', {
    messageId: 'sms-000001',
    direction: 'inbound',
    channel: 'sms',
    sentAt: AT,
    text: 'yellow boots please',
    externalNumber: '+44 20 7946 0103',
  }),
  record('aircall', 'contact', '80000001', { contactId: '80000001', firstName: 'Grace', phones: ['+442079460103'] }),
];

const phoneLink = (key: string, kind: string, number: string, of?: object): Seed => [
  `phoneLinks/${key}`,
  { v: 1, key, kind, numbers: [number], owed: [], comparisons: 0, ...(of === undefined ? {} : { guest: of }) },
];

const event = (eventId: string, payload: object, records: readonly string[]): Seed => {
  const fields: StoredEvent = {
    v: 1,
    source: 'guesty',
    eventId,
    event: 'test',
    receivedAt: AT,
    outcome: 'written',
    records: [...records],
    pipelineRevision: 1,
    payload: { inline: JSON.stringify(payload) },
  };
  return [`events/${eventId}`, fields];
};

const interaction = (
  messageId: string,
  question: string,
  answer: string,
  keys: readonly string[],
  posts: string[],
): Seed => {
  const fields: Interaction = {
    v: 1,
    messageId,
    roomId: 'team',
    roomType: 'private',
    askerId: 'ana',
    scope: 'full',
    question,
    askedAt: AT,
    plan: { kind: 'guest', name: question, aspect: 'booking', homes: [] },
    answer,
    sources: keys.map(key => ({ key, label: answer })),
    author: 'code',
    timings: {},
    answeredAt: AT,
    answerMessageIds: posts,
    revision: 0,
  };
  return [`interactions/${messageId}`, fields];
};

const chatMessage = (id: string, role: 'evidence' | 'bot', text: string): Seed => [
  `chatMessages/${id}`,
  {
    v: 1,
    version: 1,
    deleted: false,
    roomId: 'team',
    authorId: role === 'bot' ? 'assistant' : 'ana',
    authorUsername: role === 'bot' ? 'innkeeper' : 'ana',
    text,
    role,
    sentAt: AT,
  },
];

const ABOUT_GRACE = 'Grace Guest (G) left her yellow boots';

const OTHERS: readonly Seed[] = [
  phoneLink(recordKey('guesty', 'guest', GRACE), 'guest', GRACES_NUMBER, { id: GRACE, name: 'Grace Guest (G)' }),
  phoneLink(recordKey('guesty', 'guest', HARRY), 'guest', '+351912345678', { id: HARRY, name: 'Harry Host' }),
  phoneLink('aircall:call:900000001', 'call', GRACES_NUMBER),
  phoneLink('aircall:call:900000002', 'call', '+351912345678'),
  phoneLink('aircall:text-message:sms-000001', 'text-message', GRACES_NUMBER),
  phoneLink('aircall:contact:80000001', 'contact', GRACES_NUMBER),
  event('by-record', { text: ABOUT_GRACE }, ['guesty:reservation:r-000001']),
  event('by-id', { reservationId: 'r-000001', name: ABOUT_GRACE }, []),
  event('by-call-id', { call: { id: 900_000_001 }, summary: 'yellow boots' }, []),
  event('by-number', { raw_digits: '020 7946 0103', note: 'yellow boots' }, []),
  event('by-mail', { email: 'Grace@Example.com' }, []),
  event('namesake', { name: 'Grace Guest', id: NAMESAKE }, [`guesty:guest:${NAMESAKE}`]),
  event('harry', { name: 'Harry Host' }, ['guesty:reservation:r-000002']),
  [
    'parked/guesty-by-record',
    { v: 1, by: 'test', reason: 'x', detail: ABOUT_GRACE, subject: 'events/by-record', attempts: 1, parkedAt: AT },
  ],
  interaction('q-grace', 'What did Grace Guest (G) leave?', ABOUT_GRACE, ['guesty:guest-message:post-000001'], [POST]),
  interaction('q-harry', 'Who has a dog?', 'Harry Host', ['guesty:reservation:r-000002'], ['answer-harry']),
  chatMessage(POST, 'bot', ABOUT_GRACE),
  chatMessage('answer-harry', 'bot', 'Harry Host has a dog'),
  chatMessage(TEAM_MESSAGE, 'evidence', 'Has anybody sent Grace Guest G the boots?'),
];
