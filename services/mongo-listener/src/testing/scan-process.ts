import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Clock } from '../clock.ts';
import type { AssistantIdentity } from '../meaning/meaning.ts';
import { firestorePositionStore } from '../position/firestore-position-store.ts';
import type { HeldPosition } from '../position/position-store.ts';
import { createPublishWindow } from '../publish/create-publish-window.ts';
import type { ParkedThing } from '../publish/parking.ts';
import type { ScanContext } from '../run/scan-ports.ts';

/** A clock that moves only when it is looked at or waited for. */
export function simulatedClock(startMs: number): Clock {
  let nowMs = startMs;
  return {
    now: () => new Date((nowMs += 150)),
    elapsedMs: () => (nowMs += 1),
    pause: async ms => {
      nowMs += ms;
      await Promise.resolve();
    },
  };
}

/** What outlives the processes: Pub/Sub's subscriber, the parked documents, the two Firestore databases. */
export interface ScanWorld {
  readonly clock: Clock;
  readonly ops: DocumentStore;
  readonly known: DocumentStore;
  readonly receive: (changes: readonly ChatChange[]) => Promise<void>;
  readonly parked: Map<string, ParkedThing>;
}

export const ASSISTANT: AssistantIdentity = { userId: 'innkeeper', username: 'innkeeper', words: [] };

/** Small, so that a schedule of a few dozen documents fills it. */
const LIMITS = { entries: 12, bytes: 20_000, batchEntries: 4, batchBytes: 8_000, concurrentBatches: 2 };

/**
 * Starts one process over the world, lets it scan, and kills it at its `diesAt`-th request to Pub/Sub: from then on
 * nothing it does arrives anywhere, except that very request where `lastArrives`. `stop` asks it to end instead.
 */
export async function runScanProcess<T>(
  world: ScanWorld,
  death: { readonly diesAt: number; readonly lastArrives: boolean } | undefined,
  scan: (context: Omit<ScanContext, 'database'>) => Promise<Result<T, unknown>>,
  stop = new AbortController(),
): Promise<Result<T, unknown>> {
  const { clock } = world;
  const dying = new AbortController();
  const isDead = (): boolean => dying.signal.aborted;
  let requests = 0;
  const positions = firestorePositionStore({
    store: world.ops,
    instance: 'simulated',
    processId: `p${clock.now().getTime()}`,
    leaseMs: 30_000,
    clock,
  });
  const acquired = await positions.acquire();
  if (!acquired.ok) return acquired;
  const lease = acquired.value;
  const held: HeldPosition = {
    epoch: lease.epoch,
    get position() {
      return lease.position;
    },
    valid: () => !isDead() && lease.valid(),
    save: change => (isDead() ? Promise.resolve(err({ kind: 'unavailable', detail: 'dead' })) : lease.save(change)),
    release: () => lease.release(),
  };
  const window = createPublishWindow(
    {
      publisher: {
        publish: async (_topic, changes) => {
          requests += 1;
          const dies = requests === death?.diesAt;
          if (!isDead() && (!dies || death.lastArrives)) await world.receive(changes);
          if (dies) {
            dying.abort();
            window.close();
          }
          return isDead() ? err({ kind: 'unavailable', detail: 'dead' }) : ok(undefined);
        },
      },
      parking: {
        park: things => {
          if (isDead()) return Promise.resolve(err({ kind: 'unavailable', detail: 'dead' }));
          for (const thing of things) world.parked.set(thing.path, thing);
          return Promise.resolve(ok(undefined));
        },
      },
      leaseValid: () => true,
      counts: { published: nothing, parked: nothing, ignored: nothing },
      clock,
      random: () => 0.5,
      log: SILENT,
      alert: nothing,
      outage: { failed: () => undefined, recovered: nothing },
    },
    LIMITS,
  );
  return scan({
    held,
    window,
    assistant: ASSISTANT,
    known: world.known,
    now: () => clock.now(),
    signal: AbortSignal.any([dying.signal, stop.signal]),
    log: SILENT,
    onProgress: nothing,
  });
}

const nothing = (): void => undefined;
const SILENT = { info: nothing, warn: nothing, error: nothing };
