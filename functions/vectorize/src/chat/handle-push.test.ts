import { pointId } from '@innkeeper/shared/adapters/qdrant/point-id';
import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import { Parked } from '@innkeeper/shared/contracts/parked';
import { StoredEvent } from '@innkeeper/shared/contracts/stored-event';
import type { LogFields } from '@innkeeper/shared/log/log';
import { ok } from '@innkeeper/shared/result/result';
import { hashEmbedder } from '@innkeeper/shared/testing/hash-embedder';
import { type DocumentStoreFault, inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { inMemoryVectorStore } from '@innkeeper/shared/testing/in-memory-vector-store';
import { describe, expect, it } from 'vitest';
import { groupCommit } from './group-commit.ts';
import { handleDeadLetter } from './handle-dead-letter.ts';
import { type ChatPorts, handlePush } from './handle-push.ts';

const MESSAGE: ChatChange = {
  v: 1,
  origin: 'stream',
  version: 7,
  kind: 'message',
  messageId: 'm/1',
  roomId: 'team',
  authorId: 'ana1',
  authorUsername: 'ana',
  text: 'The cot is in the cellar.',
  role: 'evidence',
  sentAt: '2026-11-21T09:41:00.000Z',
};

function setUp(fault: DocumentStoreFault = () => undefined) {
  const store = inMemoryDocumentStore({ fault });
  const vectors = inMemoryVectorStore();
  const logged: { event: string; fields: LogFields | undefined }[] = [];
  const log = (event: string, fields?: LogFields): void => void logged.push({ event, fields });
  const ports: ChatPorts = {
    store,
    vectors,
    groups: groupCommit(store),
    assistantId: 'assistant',
    embedder: hashEmbedder(),
    pointId,
    log: { info: log, warn: log, error: log },
    prepare: () => Promise.resolve(ok(undefined)),
    now: () => new Date('2026-11-21T09:42:00.000Z'),
    pause: () => Promise.resolve(),
    random: () => 0,
  };
  const fieldsOf = (path: string) => store.documents.get(path)?.fields;
  return { store, vectors, ports, logged, fieldsOf };
}

const push = (data: unknown, attributes: Record<string, string> = {}, messageId = '77') => ({
  message: {
    messageId,
    message_id: messageId,
    publishTime: '2026-11-21T09:41:59.000Z',
    data: Buffer.from(typeof data === 'string' ? data : JSON.stringify(data)).toString('base64'),
    attributes,
  },
  subscription: 'projects/p/subscriptions/vectorize-chat-live',
});

describe('handlePush', () => {
  it('acknowledges a message once it is in Firestore and found', async () => {
    const { ports, vectors, fieldsOf } = setUp();
    expect(await handlePush(ports, push(MESSAGE))).toBe(204);
    expect(fieldsOf('chatMessages/m%2F1')).toMatchObject({ version: 7, text: MESSAGE.text });
    const found = await vectors.scrollAll({}, { maxPoints: 9 });
    expect(found.ok && found.value.map(({ docKey, text }) => [docKey, text])).toEqual([
      ['chat-message:m%2F1', MESSAGE.text],
    ]);
  });

  it.each([
    ['nothing', undefined],
    ['no message', { subscription: 's' }],
    ['no message id', { message: { data: '', publishTime: '2026-11-21T09:41:59.000Z' } }],
    ['data that is not base64', { message: { ...push('').message, data: '%%' } }],
  ])('refuses %s: Pub/Sub never sent that', async (_what, body) => {
    const { ports, store } = setUp();
    expect(await handlePush(ports, body)).toBe(400);
    expect(store.documents.size).toBe(0);
  });

  it.each([
    ['not JSON', 'Ana: hello'],
    ['JSON of something else', '[]'],
    ['a kind nobody knows', { ...MESSAGE, kind: 'poll' }],
    ['a version of tomorrow', { ...MESSAGE, v: 2 }],
    ['an empty text', { ...MESSAGE, text: '' }],
  ])('parks %s, and keeps it for replay with nothing of it in the log', async (_what, data) => {
    const { ports, logged, fieldsOf } = setUp();
    expect(await handlePush(ports, push(data))).toBe(204);
    const parked = Parked.parse(fieldsOf('parked/vectorize:chat:77'));
    expect(parked).toMatchObject({ reason: 'undecodable_change', subject: 'events/rocketchat-77' });
    const event = StoredEvent.parse(fieldsOf('events/rocketchat-77'));
    expect(event.payload).toEqual({ inline: typeof data === 'string' ? data : JSON.stringify(data) });
    expect(JSON.stringify([logged, parked])).not.toMatch(/Ana|cellar/u);
  });

  it('takes away what was parked once a replay of it is applied, and parks it again by the same name if not', async () => {
    const { ports, store, fieldsOf } = setUp();
    await handleDeadLetter(ports, push(MESSAGE, { kind: 'message' }));
    const kept = fieldsOf('events/rocketchat-77');
    const replay = { kind: 'message', replayOf: '77' };
    const refusing = { ...ports, now: () => new Date('2026-11-22T09:42:00.000Z') };
    expect(await handlePush(refusing, push('not JSON', replay, '90'))).toBe(204);
    expect(fieldsOf('parked/vectorize:chat:77')).toMatchObject({
      reason: 'undecodable_change',
      parkedAt: '2026-11-22T09:42:00.000Z',
    });
    expect(fieldsOf('events/rocketchat-77')).toEqual(kept);
    expect(await handlePush(ports, push(MESSAGE, replay, '91'))).toBe(204);
    expect([...store.documents.keys()].filter(path => /parked|events/u.test(path))).toEqual([]);
    expect(fieldsOf('chatMessages/m%2F1')).toMatchObject({ text: MESSAGE.text });
  });

  it('asks for another push of a replay whose parked change could not be taken away', async () => {
    let isAway = false;
    const fault: DocumentStoreFault = ({ paths }) =>
      isAway && paths.includes('parked/vectorize:chat:77') ? { kind: 'unavailable', detail: 'away' } : undefined;
    const { ports, fieldsOf } = setUp(fault);
    await handleDeadLetter(ports, push(MESSAGE));
    isAway = true;
    expect(await handlePush(ports, push(MESSAGE, { replayOf: '77' }, '90'))).toBe(503);
    expect(fieldsOf('parked/vectorize:chat:77')).toBeDefined();
  });

  it('parks what Firestore never takes, and says where it still is', async () => {
    const { ports, fieldsOf } = setUp();
    expect(await handlePush(ports, push({ ...MESSAGE, text: 'x'.repeat(2 ** 21) }))).toBe(204);
    expect(fieldsOf('parked/vectorize:chat:77')).toMatchObject({
      reason: 'refused',
      subject: 'mongodb:rocketchat_message/m/1',
    });
    expect(fieldsOf('events/rocketchat-77')).toBeUndefined();
  });

  it('keeps half characters whole, so that the same message again is the same', async () => {
    const { ports, store } = setUp();
    const broken = { ...MESSAGE, text: 'half \ud83d', authorName: '\udc00' };
    await handlePush(ports, push(broken));
    const first = store.documents.get('chatMessages/m%2F1');
    await handlePush(ports, push(broken));
    expect(store.documents.get('chatMessages/m%2F1')?.updateTime).toEqual(first?.updateTime);
    expect(first?.fields['text']).toBe('half \ufffd');
  });

  it('does not touch a document that a newer release wrote', async () => {
    const { ports, store, fieldsOf } = setUp();
    await store.commit([{ op: 'set', path: 'chatMessages/m%2F1', fields: { v: 2 } }]);
    expect(await handlePush(ports, push(MESSAGE))).toBe(204);
    expect(fieldsOf('chatMessages/m%2F1')).toEqual({ v: 2 });
    expect(fieldsOf('parked/vectorize:chat:77')).toMatchObject({ reason: 'invalid_document' });
  });

  it('asks for another push when it could not even park', async () => {
    const { ports } = setUp(() => ({ kind: 'unavailable', detail: 'away' }));
    expect(await handlePush(ports, push('not JSON'))).toBe(503);
    expect(await handlePush(ports, push(MESSAGE))).toBe(503);
  });

  it('parks a message whose text the embedder refuses by its document, until an edit is taken', async () => {
    const { ports, fieldsOf } = setUp();
    const refusing = {
      ...hashEmbedder(),
      embed: () => Promise.resolve({ ok: false, error: { kind: 'refused', detail: 'too long' } } as const),
    };
    expect(await handlePush({ ...ports, embedder: refusing }, push(MESSAGE))).toBe(204);
    expect(fieldsOf('parked/vectorize:chatMessages:m%2F1')).toMatchObject({ reason: 'embedding_refused' });
    expect(await handlePush(ports, push({ ...MESSAGE, version: 8, text: 'Shorter.' }))).toBe(204);
    expect(fieldsOf('parked/vectorize:chatMessages:m%2F1')).toBeUndefined();
  });
});

describe('handleDeadLetter', () => {
  const attributes = { kind: 'message', CloudPubSubDeadLetterSourceDeliveryCount: '100' };

  it('parks the change and keeps it, the same however often it comes', async () => {
    const { ports, store, fieldsOf } = setUp();
    expect(await handleDeadLetter(ports, push(MESSAGE, attributes))).toBe(204);
    const once = [...store.documents].map(([path, { fields }]) => [path, fields]);
    expect(await handleDeadLetter(ports, push(MESSAGE, attributes))).toBe(204);
    expect([...store.documents].map(([path, { fields }]) => [path, fields])).toEqual(once);
    expect(fieldsOf('parked/vectorize:chat:77')).toMatchObject({ reason: 'attempts_exhausted', attempts: 100 });
    expect(StoredEvent.parse(fieldsOf('events/rocketchat-77'))).toMatchObject({
      event: 'message',
      payload: { inline: JSON.stringify(MESSAGE) },
    });
  });

  it('acknowledges nothing before it is durable', async () => {
    const { ports } = setUp(() => ({ kind: 'unavailable', detail: 'away' }));
    expect(await handleDeadLetter(ports, push(MESSAGE, attributes))).toBe(503);
    expect(await handleDeadLetter(ports, {})).toBe(400);
  });
});
