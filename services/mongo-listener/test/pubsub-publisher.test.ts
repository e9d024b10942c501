import { PubSub, type Subscription } from '@google-cloud/pubsub';
import { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import { pubsubEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type PubsubPublisher, pubsubPublisher } from '../src/publish/pubsub-publisher.ts';

const project = `publisher-${crypto.randomUUID().slice(0, 8)}`;
const topics = { live: 'live', backfill: 'backfill' };
let admin: PubSub;
let publisher: PubsubPublisher;
let subscriptions: Record<keyof typeof topics, Subscription>;

beforeAll(async () => {
  vi.stubEnv('PUBSUB_EMULATOR_HOST', pubsubEmulatorHost());
  admin = new PubSub({ projectId: project });
  const subscribe = async (topic: string): Promise<Subscription> => {
    const [created] = await admin.createTopic(topic);
    const [subscription] = await created.createSubscription(`${topic}-reader`);
    return subscription;
  };
  subscriptions = { live: await subscribe('live'), backfill: await subscribe('backfill') };
  publisher = await pubsubPublisher({ project, topics });
});
afterAll(async () => {
  await publisher.close();
  await admin.close();
  vi.unstubAllEnvs();
});

const removed = (version: number, messageId = `m${version}`): ChatChange => ({
  v: 1,
  kind: 'message-removed',
  origin: 'stream',
  version,
  messageId,
});

/** The next `count` messages of a subscription. */
async function receive(from: keyof typeof topics, count: number) {
  const received: { readonly change: ChatChange; readonly attributes: Readonly<Record<string, string>> }[] = [];
  const all = Promise.withResolvers<void>();
  subscriptions[from].on('error', all.reject);
  subscriptions[from].on('message', message => {
    message.ack();
    received.push({ change: ChatChange.parse(JSON.parse(message.data.toString())), attributes: message.attributes });
    if (received.length === count) all.resolve();
  });
  await all.promise;
  subscriptions[from].removeAllListeners();
  return received;
}

describe('a publisher to Pub/Sub', () => {
  it('publishes each change as one message with its kind and version, live and backfill apart', async () => {
    const batch = Array.from({ length: 1_000 }, (_, at) => removed(at));
    expect(await publisher.publish('live', batch)).toEqual({ ok: true, value: undefined });
    expect(await publisher.publish('backfill', [removed(5_000)])).toMatchObject({ ok: true });
    const live = await receive('live', 1_000);
    expect(live.map(({ change }) => change.version).toSorted((a, b) => a - b)).toEqual(batch.map(each => each.version));
    expect(live[0]?.attributes).toMatchObject({ kind: 'message-removed', v: '1' });
    expect(await receive('backfill', 1)).toMatchObject([{ change: removed(5_000) }]);
  });

  it('says what an operator must mend, and what can never be taken', async () => {
    const lost = await pubsubPublisher({ project, topics: { live: 'no-such-topic', backfill: 'backfill' } });
    expect(await lost.publish('live', [removed(1)])).toMatchObject({ ok: false, error: { kind: 'denied' } });
    await lost.close();
    const huge = await publisher.publish('live', [removed(1, 'x'.repeat(11_000_000))]);
    expect(huge).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });

  it('says so where nobody answers', async () => {
    vi.stubEnv('PUBSUB_EMULATOR_HOST', '127.0.0.1:1');
    const nowhere = await pubsubPublisher({ project, topics, callMsMax: 300 });
    expect(await nowhere.publish('live', [removed(1)])).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    await nowhere.close();
    vi.stubEnv('PUBSUB_EMULATOR_HOST', pubsubEmulatorHost());
  });
});
