import { randomUUID } from 'node:crypto';
import { pubsubEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterEach, describe, expect, test } from 'vitest';
import { GatewayConfig } from '../src/events/gateway-config.ts';
import { type EventGateway, startEventGateway } from '../src/events/start-event-gateway.ts';
import { eventually } from '../src/testing/eventually.ts';
import { type Receiver, startReceiver } from './fixtures/receiver.ts';
import { temporaryDirectory } from './fixtures/temporary-directory.ts';

const quiet = { info() {}, warn() {}, error() {} };
const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  while (cleanups.length > 0) await cleanups.pop()?.();
});

interface Envelope {
  readonly message: {
    readonly data: string;
    readonly attributes?: Record<string, string>;
    readonly messageId: string;
    readonly publishTime: string;
    readonly orderingKey?: string;
  };
  readonly subscription: string;
  readonly deliveryAttempt?: number;
}

/** A project with topic `chat`, pushed to `receiver`, and a topic `dead` pushed to `morgue`. */
async function setUp(subscription: Record<string, unknown> = {}) {
  const projectId = `push-${randomUUID().slice(0, 8)}`;
  const state = temporaryDirectory();
  cleanups.push(() => state.remove());
  const receiver = await startReceiver();
  const morgue = await startReceiver();
  cleanups.push(
    () => receiver.close(),
    () => morgue.close(),
  );
  const backOff = { minMs: 2, maxMs: 5 };
  const config = GatewayConfig.parse({
    projectId,
    pubsub: {
      host: pubsubEmulatorHost(),
      subscriptions: [
        { name: 'chat-push', topic: 'chat', endpoint: receiver.url, backOff, ...subscription },
        { name: 'dead-push', topic: 'dead', endpoint: morgue.url, backOff },
      ],
    },
  });
  const start = async (): Promise<EventGateway> => {
    const gateway = await startEventGateway({ config, stateDirectory: state.path, port: 0, log: quiet });
    cleanups.push(() => gateway.close().catch(() => undefined)); // The test may have closed it already.
    return gateway;
  };
  const publish = async (text: string, extra: { attributes?: Record<string, string>; orderingKey?: string } = {}) => {
    const message = { data: Buffer.from(text).toString('base64'), ...extra };
    const url = `http://${pubsubEmulatorHost()}/v1/projects/${projectId}/topics/chat:publish`;
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ messages: [message] }) });
    if (!response.ok) throw new Error(`publishing answered ${response.status}`);
  };
  return { projectId, receiver, morgue, publish, gateway: await start() };
}

const envelopes = ({ received }: Receiver) => received.map(({ body }) => JSON.parse(body.toString()) as Envelope);
const texts = (receiver: Receiver) =>
  envelopes(receiver).map(({ message }) => Buffer.from(message.data, 'base64').toString());

describe('a Pub/Sub push subscription', () => {
  test('pushes the envelope of production with a token that its key set verifies', async () => {
    const { projectId, receiver, publish, gateway } = await setUp({
      oidc: { audience: 'https://chat.example', email: 'pusher@example.com' },
      enableMessageOrdering: true,
    });
    await publish('hello', { attributes: { kind: 'message' }, orderingKey: 'room-1' });
    await eventually(
      () => receiver.received.length,
      count => count === 1,
    );
    const [envelope] = envelopes(receiver);
    expect(envelope).toEqual({
      message: {
        data: Buffer.from('hello').toString('base64'),
        attributes: { kind: 'message' },
        messageId: envelope?.message.messageId,
        message_id: envelope?.message.messageId,
        publishTime: envelope?.message.publishTime,
        publish_time: envelope?.message.publishTime,
        orderingKey: 'room-1',
      },
      subscription: `projects/${projectId}/subscriptions/chat-push`,
    });
    const token = receiver.received[0]?.headers.authorization?.replace('Bearer ', '') ?? '';
    const keys = createRemoteJWKSet(new URL(`${gateway.url}/oauth2/v3/certs`));
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer: 'https://accounts.google.com',
      audience: 'https://chat.example',
    });
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toMatchObject({ email: 'pusher@example.com', email_verified: true });
  });

  test('pushes only what its filter lets through', async () => {
    const { receiver, publish } = await setUp({ filter: 'attributes.kind = "message" AND NOT attributes:bot' });
    await publish('by a bot', { attributes: { kind: 'message', bot: 'yes' } });
    await publish('a room', { attributes: { kind: 'room' } });
    await publish('wanted', { attributes: { kind: 'message' } });
    await eventually(
      () => texts(receiver),
      received => received.includes('wanted'),
    );
    expect(texts(receiver)).toEqual(['wanted']);
  });

  test('counts attempts and hands a message to the dead-letter topic after the last', async () => {
    const { projectId, receiver, morgue, publish } = await setUp({
      deadLetter: { topic: 'dead', maxDeliveryAttempts: 5 },
    });
    receiver.answerWith(() => 500);
    await publish('poison', { attributes: { kind: 'message' } });
    await eventually(
      () => morgue.received.length,
      count => count === 1,
    );
    expect(envelopes(receiver).map(({ deliveryAttempt }) => deliveryAttempt)).toEqual([1, 2, 3, 4, 5]);
    const [dead] = envelopes(morgue);
    expect(Buffer.from(dead?.message.data ?? '', 'base64').toString()).toBe('poison');
    expect(dead?.message.attributes).toMatchObject({
      kind: 'message',
      CloudPubSubDeadLetterSourceDeliveryCount: '5',
      CloudPubSubDeadLetterSourceSubscription: 'chat-push',
      CloudPubSubDeadLetterSourceSubscriptionProject: projectId,
    });
  });

  test('keeps the order of a key while one of its messages is refused', async () => {
    const { receiver, publish } = await setUp({ enableMessageOrdering: true });
    receiver.answerWith((_request, index) => (index < 2 ? 503 : 204));
    for (const text of ['1', '2', '3']) await publish(text, { orderingKey: 'room-1' });
    await eventually(
      () => receiver.received.length,
      count => count === 5,
    );
    expect(texts(receiver)).toEqual(['1', '1', '1', '2', '3']);
  });
});
