import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import { err, ok } from '@innkeeper/shared/result/result';
import type { ChangePublisher, PublishError } from '../publish/change-publisher.ts';

/** Pub/Sub in memory: keeps what came, in order. */
export interface InMemoryChangePublisher extends ChangePublisher {
  readonly live: readonly ChatChange[];
  readonly backfill: readonly ChatChange[];
}

/**
 * What goes wrong with one request. `before`: nothing was kept. `after`: all was kept, but the answer gets lost. May
 * answer later.
 */
export type PublishFault = (
  changes: readonly ChatChange[],
) => Promise<{ readonly phase: 'before' | 'after'; readonly error: PublishError } | undefined>;

export function inMemoryChangePublisher(fault: PublishFault = async () => undefined): InMemoryChangePublisher {
  const kept = { live: new Array<ChatChange>(), backfill: new Array<ChatChange>() };
  return {
    ...kept,
    publish: async (topic, changes) => {
      const wrong = await fault(changes);
      if (wrong?.phase !== 'before') kept[topic].push(...changes);
      return wrong === undefined ? ok(undefined) : err(wrong.error);
    },
  };
}
