import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { VirtualTime } from './virtual-time.ts';

/**
 * Runs `work` in a world where timers are virtual and WebCrypto answers in the same turn. Both are the runtime's, not
 * ours: what runs on them is the code as it is deployed. Everything is put back afterwards.
 */
export async function runOnVirtualTime<T>(time: VirtualTime, work: () => Promise<T>): Promise<T> {
  const timers = virtualTimers(time);
  const { subtle } = globalThis.crypto;
  const replaced: readonly (readonly [object, string, unknown])[] = [
    [globalThis, 'setTimeout', timers.set],
    [globalThis, 'clearTimeout', timers.clear],
    [AbortSignal, 'timeout', timers.signal],
    [subtle, 'digest', digest],
    [subtle, 'importKey', importKey],
    [subtle, 'verify', verify],
  ];
  const before = replaced.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name));
  for (const [owner, name, value] of replaced) Object.defineProperty(owner, name, { value, configurable: true });
  try {
    return await work();
  } finally {
    for (const [index, [owner, name]] of replaced.entries()) {
      const own = before[index];
      if (own === undefined)
        Reflect.deleteProperty(owner, name); // it was its prototype's
      else Object.defineProperty(owner, name, own);
    }
  }
}

function virtualTimers(time: VirtualTime) {
  const pending = new Set<number>();
  let timers = 0;
  const set = (happen: () => void, milliseconds = 0): number => {
    timers += 1;
    const id = timers;
    pending.add(id);
    time.at(time.now() + milliseconds, () => {
      if (pending.delete(id)) happen();
    });
    return id;
  };
  return {
    set,
    clear: (id: number | null | undefined): void => {
      if (typeof id === 'number') pending.delete(id);
    },
    signal: (milliseconds: number): AbortSignal => {
      const controller = new AbortController();
      set(() => controller.abort(TIMED_OUT), milliseconds);
      return controller.signal;
    },
  };
}

const TIMED_OUT = new DOMException('timed out', 'TimeoutError');

/** Of WebCrypto as far as ingest uses it. */
function digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer> {
  if (algorithm !== 'SHA-256') throw new Error(`the simulation has no ${algorithm}`);
  return Promise.resolve(Uint8Array.from(createHash('sha256').update(data).digest()).buffer);
}

const importKey = (_format: 'raw', bytes: Uint8Array): Promise<KeyObject> => Promise.resolve(createSecretKey(bytes));

function verify(_scheme: 'HMAC', key: KeyObject, signature: Uint8Array, data: Uint8Array): Promise<boolean> {
  const expected = createHmac('sha256', key).update(data).digest();
  return Promise.resolve(expected.length === signature.length && timingSafeEqual(expected, signature));
}
