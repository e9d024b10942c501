import { PubSub } from '@google-cloud/pubsub';
import { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import type { Arrival } from './chat-history.ts';

/** Two topics of an emulator with a subscription each. Pub/Sub keeps no order: neither do the arrivals. */
export interface CollectedArrivals {
  readonly arrivals: readonly Arrival[];
  /** What the listener has to know of them. */
  readonly variables: Readonly<Record<'CHAT_TOPIC_LIVE' | 'CHAT_TOPIC_BACKFILL', string>>;
  close(): Promise<void>;
}

export async function collectArrivals(host: string, project: string, name: string): Promise<CollectedArrivals> {
  const pubsub = new PubSub({ projectId: project, apiEndpoint: host, emulatorMode: true });
  const arrivals: Arrival[] = [];
  const topics = { live: `${name}-live`, backfill: `${name}-backfill` };
  const subscriptions = await Promise.all(
    (['live', 'backfill'] as const).map(async topic => {
      const [created] = await pubsub.createTopic(topics[topic]);
      const [subscription] = await created.createSubscription(topics[topic]);
      return subscription.on('message', message => {
        arrivals.push({ topic, change: ChatChange.parse(JSON.parse(message.data.toString())) });
        message.ack();
      });
    }),
  );
  return {
    arrivals,
    variables: { CHAT_TOPIC_LIVE: topics.live, CHAT_TOPIC_BACKFILL: topics.backfill },
    close: async () => {
      await Promise.all(subscriptions.map(subscription => subscription.close()));
      await pubsub.close();
    },
  };
}
