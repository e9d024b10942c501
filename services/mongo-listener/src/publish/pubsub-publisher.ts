import { PubSub, v1 } from '@google-cloud/pubsub';
import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import { err, ok } from '@innkeeper/shared/result/result';
import { type ChangePublisher, PUBLISH_BYTES_MAX, type PublishError } from './change-publisher.ts';

/**
 * Pub/Sub by its publish request itself: the batch is ours, so that one acknowledgement stands for exactly what was
 * sent. The client library knows credentials and the emulator (`PUBSUB_EMULATOR_HOST`); trying again is our own matter.
 */
export interface PubsubPublisherOptions {
  readonly project: string;
  readonly topics: { readonly live: string; readonly backfill: string };
  /** After this long a batch counts as not acknowledged. */
  readonly callMsMax?: number;
}

export interface PubsubPublisher extends ChangePublisher {
  close(): Promise<void>;
}

export async function pubsubPublisher(options: PubsubPublisherOptions): Promise<PubsubPublisher> {
  const { project, topics, callMsMax = CALL_MS_MAX } = options;
  const settings = await new PubSub({ projectId: project }).getClientConfig();
  // The library's documented way; its own two types differ in whether what is optional may be undefined.
  const client = new v1.PublisherClient(settings as ConstructorParameters<typeof v1.PublisherClient>[0]);
  return {
    publish: async (topic, changes) => {
      const messages = changes.map(toMessage);
      const bytes = messages.reduce((sum, { data }) => sum + data.length, 0);
      if (bytes > PUBLISH_BYTES_MAX) return err({ kind: 'refused', detail: `${bytes} bytes in one request` });
      try {
        await client.publish(
          { topic: `projects/${project}/topics/${topics[topic]}`, messages },
          { timeout: callMsMax, retry: null },
        );
        return ok(undefined);
      } catch (error) {
        return err(toPublishError(error));
      }
    },
    close: () => client.close(),
  };
}

const toMessage = (change: ChatChange) => ({
  data: Buffer.from(JSON.stringify(change)),
  attributes: { kind: change.kind, v: String(change.v) },
});

/** Google's errors carry a gRPC status; anything else that is thrown is a bug and stays one. */
function toPublishError(error: unknown): PublishError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const kind = typeof code === 'number' ? KIND_BY_STATUS[code] : undefined;
  if (typeof code !== 'number' || kind === undefined) throw error;
  return { kind, detail: `pubsub publish: gRPC status ${code}` };
}

const KIND_BY_STATUS: Readonly<Record<number, PublishError['kind']>> = {
  1: 'unavailable', // CANCELLED
  2: 'unavailable', // UNKNOWN
  3: 'refused', // INVALID_ARGUMENT
  4: 'unavailable', // DEADLINE_EXCEEDED
  5: 'denied', // NOT_FOUND: the topic
  7: 'denied', // PERMISSION_DENIED
  8: 'unavailable', // RESOURCE_EXHAUSTED
  10: 'unavailable', // ABORTED
  13: 'unavailable', // INTERNAL
  14: 'unavailable', // UNAVAILABLE
  16: 'denied', // UNAUTHENTICATED
};

const CALL_MS_MAX = 10_000;
