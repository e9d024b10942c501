import * as z from 'zod';
import { PubsubMessage } from './push-envelope.ts';

/** The part of Pub/Sub's REST API that the gateway uses on the emulator. */
export interface PubsubApi {
  ensureTopic(topic: string): Promise<void>;
  /** Made without filter and dead letters: the emulator ignores the first and loses messages with the second. */
  ensureSubscription(
    name: string,
    topic: string,
    options: { ordered: boolean; ackDeadlineSeconds: number },
  ): Promise<void>;
  /**
   * What is there now. It never waits: the emulator gives a message to a waiting pull whose caller is gone, and then it
   * is away until the acknowledgement deadline.
   */
  pull(subscription: string): Promise<readonly ReceivedMessage[]>;
  acknowledge(subscription: string, ackIds: readonly string[]): Promise<void>;
  publish(topic: string, message: Omit<PubsubMessage, 'messageId' | 'publishTime'>): Promise<void>;
}

export interface ReceivedMessage {
  readonly ackId: string;
  readonly message: PubsubMessage;
}

const PULL_MESSAGES_MAX = 100;
const REQUEST_MS_MAX = 10_000;

const PullReply = z.object({
  receivedMessages: z.array(z.object({ ackId: z.string(), message: PubsubMessage })).default([]),
});

export function pubsubApi(host: string, projectId: string): PubsubApi {
  const base = `http://${host}/v1/projects/${projectId}`;
  const call = async (method: string, path: string, body: unknown): Promise<Response> =>
    fetch(`${base}/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_MS_MAX),
    });
  const expectOk = async (response: Response, what: string, alsoOk?: number): Promise<unknown> => {
    const text = await response.text();
    if (!response.ok && response.status !== alsoOk) throw new Error(`${what} answered ${response.status}`);
    return text === '' ? {} : (JSON.parse(text) as unknown);
  };
  const EXISTS = 409;

  return {
    async ensureTopic(topic) {
      await expectOk(await call('PUT', `topics/${topic}`, {}), `making topic ${topic}`, EXISTS);
    },
    async ensureSubscription(name, topic, { ordered, ackDeadlineSeconds }) {
      const body = {
        topic: `projects/${projectId}/topics/${topic}`,
        enableMessageOrdering: ordered,
        ackDeadlineSeconds,
      };
      await expectOk(await call('PUT', `subscriptions/${name}`, body), `making subscription ${name}`, EXISTS);
    },
    async pull(subscription) {
      const body = { maxMessages: PULL_MESSAGES_MAX, returnImmediately: true };
      const response = await call('POST', `subscriptions/${subscription}:pull`, body);
      return PullReply.parse(await expectOk(response, `pulling ${subscription}`)).receivedMessages;
    },
    async acknowledge(subscription, ackIds) {
      const response = await call('POST', `subscriptions/${subscription}:acknowledge`, { ackIds });
      await expectOk(response, `acknowledging on ${subscription}`);
    },
    async publish(topic, message) {
      await expectOk(await call('POST', `topics/${topic}:publish`, { messages: [message] }), `publishing to ${topic}`);
    },
  };
}
