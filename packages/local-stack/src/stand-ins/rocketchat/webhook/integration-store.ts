import * as z from 'zod';
import type { ChatDatabase } from '../store/chat-database.ts';
import { OutgoingIntegration } from './outgoing-body.ts';

/** The outgoing integration, kept where Rocket.Chat keeps its integrations and with the names it has there. */
export interface IntegrationStore {
  outgoing(): Promise<OutgoingIntegration | undefined>;
  put(integration: OutgoingIntegration): Promise<void>;
}

export function integrationStore({ integrations }: ChatDatabase, now: () => Date): IntegrationStore {
  return {
    async outgoing() {
      const stored = await integrations.findOne({ type: 'webhook-outgoing', event: 'sendMessage' });
      if (stored === null) return undefined;
      const { _id: id, urls, channel: channels, username: postAs, ...rest } = StoredIntegration.parse(stored);
      return OutgoingIntegration.parse({ id, url: urls[0], channels, postAs, ...rest });
    },
    async put({ id, url, channels, postAs, ...rest }) {
      const stored = {
        type: 'webhook-outgoing',
        event: 'sendMessage',
        name: id,
        urls: [url],
        channel: channels,
        username: postAs,
        ...rest,
        _updatedAt: now(),
      };
      await integrations.updateOne({ _id: id }, { $set: stored }, { upsert: true });
    },
  };
}

const StoredIntegration = z.object({
  _id: z.string(),
  urls: z.array(z.string()),
  channel: z.array(z.string()),
  username: z.string(),
  token: z.string(),
  enabled: z.boolean(),
  triggerWords: z.array(z.string()),
  runOnEdits: z.boolean(),
});
