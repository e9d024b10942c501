import { err, ok, type Result } from '@innkeeper/shared/result/result';

/** Pub/Sub's topic of chat changes that can wait. `publish` answers once the message is kept. I/O: Pub/Sub. */
export interface ChatTopic {
  publish(change: string, attributes: Readonly<Record<string, string>>): Promise<Result<void, string>>;
}

export interface PubsubChatTopic extends ChatTopic {
  close(): Promise<void>;
}

const CALL_MS_MAX = 10_000;

/**
 * Credentials and the emulator (`PUBSUB_EMULATOR_HOST`) are the library's business, which is loaded with the first
 * message: most replays have none for it, and it takes a second.
 */
export function pubsubChatTopic(project: string, topicName: string): PubsubChatTopic {
  let connected: ReturnType<typeof connect> | undefined;
  return {
    publish: async (change, attributes) => {
      connected ??= connect(project, topicName);
      const { topic } = await connected;
      try {
        await topic.publishMessage({ data: Buffer.from(change), attributes });
        return ok(undefined);
      } catch (error) {
        // Google's errors carry a gRPC status; anything else that is thrown is a bug and stays one.
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (typeof code !== 'number') throw error;
        return err(`Pub/Sub did not take it (topic ${topicName}, gRPC status ${code})`);
      }
    },
    close: async () => {
      if (connected !== undefined) await (await connected).client.close();
    },
  };
}

async function connect(project: string, topicName: string) {
  const { PubSub } = await import('@google-cloud/pubsub');
  const client = new PubSub({ projectId: project });
  return { client, topic: client.topic(topicName, { gaxOpts: { timeout: CALL_MS_MAX, retry: null } }) };
}
