import type { QueuedMessage } from '../ingest/settle-delivery.ts';

/** A message as a queue hands it out, which remembers what the consumer decided. */
export interface ObservedMessage extends QueuedMessage {
  readonly fate: 'undecided' | 'acknowledged' | { readonly delaySeconds: number };
}

export function queuedMessage(body: unknown, attempts = 1): ObservedMessage {
  let fate: ObservedMessage['fate'] = 'undecided';
  return {
    body,
    attempts,
    get fate() {
      return fate;
    },
    ack: () => {
      fate = 'acknowledged';
    },
    retry: options => {
      fate = options;
    },
  };
}
