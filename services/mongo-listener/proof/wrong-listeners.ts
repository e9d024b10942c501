import { ok } from '@innkeeper/shared/result/result';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import type { ListenerPorts } from '../src/run/listener-ports.ts';
import type { StreamHappening } from '../src/stream/change-event.ts';
import type { OpenChangeStream } from '../src/stream/change-stream-reader.ts';
import { type StartCopy, startCopyWith } from './listener-copy.ts';

/** Listeners with one mistake each, of the kind that nobody notices while nothing goes wrong. */
const wrong =
  (mistake: (ports: ListenerPorts) => ListenerPorts): StartCopy =>
  surroundings =>
    startCopyWith(surroundings, mistake);

/** Takes a request to Pub/Sub for its acknowledgement: the position moves before the changes are kept. */
export const acknowledgesEarly = wrong(ports => ({
  ...ports,
  publisher: {
    publish: (topic, changes) => {
      void ports.clock.pause(HURRIED_MS).then(() => ports.publisher.publish(topic, changes));
      return Promise.resolve(ok(undefined));
    },
  },
}));

/** After a gap looks for what was written, and not for what was deleted. */
export const forgetsDeletions = wrong(ports => ({
  ...ports,
  heal: (context, cause) => ports.heal({ ...context, known: inMemoryDocumentStore() }, cause),
}));

/** After a gap goes on as if nothing had been missed. */
export const healsNothing = wrong(ports => ({
  ...ports,
  heal: (context, cause) => ports.heal({ ...context, window: { ...context.window, offer: () => undefined } }, cause),
}));

/** Hands a batch on from its end. */
export const turnsOrderRound = wrong(ports => ({
  ...ports,
  openStream: changingBatches(ports.openStream, happenings => happenings.toReversed()),
}));

/** Overlooks the first change of a batch that has several. */
export const overlooksOne = wrong(ports => ({
  ...ports,
  openStream: changingBatches(ports.openStream, happenings =>
    happenings.length > 1 ? happenings.slice(1) : happenings,
  ),
}));

/** By the listener's clock: longer than a position waits to be saved. */
const HURRIED_MS = 2_000;

const changingBatches =
  (
    open: OpenChangeStream,
    change: (happenings: readonly StreamHappening[]) => readonly StreamHappening[],
  ): OpenChangeStream =>
  async (start, signal) => {
    const opened = await open(start, signal);
    if (!opened.ok) return opened;
    const reader = opened.value;
    return ok({
      close: () => reader.close(),
      next: async () => {
        const batch = await reader.next();
        return batch.ok ? ok({ ...batch.value, happenings: change([...batch.value.happenings]) }) : batch;
      },
    });
  };
