import * as z from 'zod';
import type { MessageDocument, RoomDocument } from '../store/documents.ts';
import { type OutgoingIntegration, outgoingBody, outgoingOutcome, RETRIES_MAX, retryDelayMs } from './outgoing-body.ts';

/**
 * Delivers messages to the integration's address as Rocket.Chat does: each message on its own, retries kept in memory
 * (a restart forgets them), nothing retried after a network failure. Uses the network.
 */
export interface OutgoingWebhook {
  /** Returns at once. */
  fire(message: MessageDocument, room: RoomDocument): void;
  /** Deliveries on the way or waiting for a retry. */
  inFlight(): number;
  close(): void;
}

export interface OutgoingWebhookOptions {
  readonly siteUrl: string;
  readonly integration: () => Promise<OutgoingIntegration | undefined>;
  /** The endpoint answered 410: Rocket.Chat switches the integration off. */
  readonly disable: (integration: OutgoingIntegration) => Promise<void>;
  /** The endpoint answered with a text of its own. */
  readonly postResponse: (
    integration: OutgoingIntegration,
    response: OutgoingResponse,
    message: MessageDocument,
  ) => Promise<void>;
}

const OutgoingResponse = z.object({
  text: z.string().min(1),
  alias: z.string().optional(),
  tmid: z.string().optional(),
});
export type OutgoingResponse = z.infer<typeof OutgoingResponse>;

const TIMEOUT_MS = 20_000; // default of the server's newer fetch
const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/41.0.2227.0 Safari/537.36';

export function outgoingWebhook(options: OutgoingWebhookOptions): OutgoingWebhook {
  let onTheWay = 0;
  const timers = new Set<NodeJS.Timeout>();
  const closing = new AbortController();

  const deliver = async (message: MessageDocument, room: RoomDocument, attempt: number): Promise<void> => {
    const target = await options.integration();
    const body = target === undefined ? undefined : outgoingBody(target, message, room, options.siteUrl);
    if (target === undefined || body === undefined) return;
    const response = await fetch(target.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': USER_AGENT },
      body: JSON.stringify(body),
      signal: AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    switch (outgoingOutcome(response.status, text, isJson)) {
      case 'post_response': {
        const parsed = OutgoingResponse.safeParse(JSON.parse(text));
        if (parsed.success) await options.postResponse(target, parsed.data, message);
        return;
      }
      case 'disable':
        await options.disable(target);
        return;
      case 'retry':
        if (attempt < RETRIES_MAX) schedule(message, room, attempt);
        return;
      case 'nothing':
    }
  };

  const attemptDelivery = (message: MessageDocument, room: RoomDocument, attempt: number): void => {
    onTheWay += 1;
    deliver(message, room, attempt)
      .catch((error: unknown) => {
        // The real one logs a network failure and gives up: the question is lost.
        if (closing.signal.aborted) return;
        console.error(JSON.stringify({ standIn: 'rocketchat', event: 'webhook.lost', error: String(error) }));
      })
      .finally(() => {
        onTheWay -= 1;
      });
  };

  const schedule = (message: MessageDocument, room: RoomDocument, attempt: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      attemptDelivery(message, room, attempt + 1);
    }, retryDelayMs(attempt));
    timers.add(timer);
  };

  return {
    fire: (message, room) => attemptDelivery(message, room, 0),
    inFlight: () => onTheWay + timers.size,
    close() {
      closing.abort();
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
