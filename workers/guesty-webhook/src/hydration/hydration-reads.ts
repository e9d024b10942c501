import type { GuestyHydration } from './guesty-hydration.ts';
import type { GuestyReads, Read } from './guesty-reads.ts';

/** Guesty's API by way of the fleet's one Durable Object. I/O: the object. */
const OBJECT_NAME = 'fleet';

export function hydrationReads(namespace: DurableObjectNamespace<GuestyHydration>): GuestyReads {
  const object = () => namespace.getByName(OBJECT_NAME);
  return {
    reservation: id => attempt(() => object().reservation(id)),
    listing: id => attempt(() => object().listing(id)),
    guest: id => attempt(() => object().guest(id)),
  };
}

/** A call fails where the object is moved, restarted or overloaded: all of that passes. */
async function attempt<T>(call: () => Promise<Read<T>>): Promise<Read<T>> {
  try {
    return await call();
  } catch {
    return {
      outcome: 'failed',
      failure: { kind: 'vendor_unavailable', detail: 'the hydration object did not answer' },
    };
  }
}
