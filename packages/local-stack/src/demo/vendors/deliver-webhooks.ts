import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Delivers webhooks the way the vendors do: signed, with a few connections at once, and again after a failure.
 * The signing is written from Svix's description and shares nothing with the product's verification.
 */
export interface GuestyDoor {
  readonly url: string;
  readonly secret: string;
}

const AT_ONCE = 8;
const TRIES = 6;

export async function deliverGuesty(
  door: GuestyDoor,
  bodies: readonly object[],
  progress: (done: number) => void = () => {},
): Promise<void> {
  await deliverAll(bodies, progress, body => {
    const text = JSON.stringify(body);
    const id = `msg_${randomUUID()}`;
    const seconds = String(Math.floor(Date.now() / 1000));
    const key = Buffer.from(door.secret.replace(/^whsec_/u, ''), 'base64');
    const signature = createHmac('sha256', key).update(`${id}.${seconds}.${text}`).digest('base64');
    return {
      url: door.url,
      text,
      headers: { 'svix-id': id, 'svix-timestamp': seconds, 'svix-signature': `v1,${signature}` },
    };
  });
}

export async function deliverAircall(
  door: { readonly url: string },
  bodies: readonly object[],
  progress: (done: number) => void = () => {},
): Promise<void> {
  await deliverAll(bodies, progress, body => ({ url: door.url, text: JSON.stringify(body), headers: {} }));
}

interface Parcel {
  readonly url: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function deliverAll(
  bodies: readonly object[],
  progress: (done: number) => void,
  pack: (body: object) => Parcel,
): Promise<void> {
  const waiting = [...bodies];
  let done = 0;
  const carry = async (): Promise<void> => {
    for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) {
      await deliverOne(pack(body));
      done += 1;
      progress(done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, carry));
}

async function deliverOne(parcel: Parcel): Promise<void> {
  let last = 'no answer';
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (attempt > 0) await pause(100 * 2 ** attempt); // what a vendor does in minutes, shortened to one sitting
    try {
      const reply = await fetch(parcel.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...parcel.headers },
        body: parcel.text,
      });
      await reply.arrayBuffer();
      if (reply.ok) return;
      last = `status ${reply.status}`;
    } catch (error) {
      last = error instanceof Error ? error.message : 'connection failed';
    }
  }
  throw new Error(`a webhook was not accepted after ${TRIES} tries: ${last}`);
}
