import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { StackFile } from '../supervisor/stack-file.ts';
import type { Delivery } from './build-load.ts';

/** A vendor that never gives up: sends a webhook, signed anew each time, until somebody has answered 2xx. */
const AT_ONCE = 8;
const RETRY_MS = 200;
const PATIENCE_MS = 60_000;
const ANSWER_MS_MAX = 5_000;

/** Resolves when all are accepted; `progress` hears of each. Rejects when one is not accepted in a minute. */
export async function sendUntilAccepted(
  endpoints: StackFile['endpoints'],
  deliveries: readonly Delivery[],
  progress: (accepted: number) => void,
): Promise<void> {
  const waiting = [...deliveries];
  let accepted = 0;
  const send = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await sendOne(endpoints, next);
      accepted += 1;
      progress(accepted);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
}

async function sendOne(endpoints: StackFile['endpoints'], delivery: Delivery): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  let last = 'no answer';
  while (performance.now() < deadline) {
    const { url, headers, body } = pack(endpoints, delivery);
    try {
      const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(ANSWER_MS_MAX) });
      await response.arrayBuffer();
      if (response.ok) return;
      last = `status ${response.status}`;
    } catch (error) {
      last = error instanceof Error ? error.message : 'the connection failed'; // Killed this very moment, perhaps.
    }
    await delay(RETRY_MS);
  }
  throw new Error(`a webhook of ${delivery.to} was not accepted within ${PATIENCE_MS / 1000} s: ${last}`);
}

function pack(
  { guestyWebhook, aircallWebhook, rocketchatQuestion }: StackFile['endpoints'],
  { to, id, body }: Delivery,
) {
  const text = JSON.stringify(body);
  const json = { 'content-type': 'application/json' };
  if (to === 'aircall') return { url: aircallWebhook.url, headers: json, body: text };
  if (to === 'questions') return { url: rocketchatQuestion.url, headers: json, body: text };
  const seconds = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(guestyWebhook.secret.replace(/^whsec_/u, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${text}`).digest('base64');
  const svix = { 'svix-id': id, 'svix-timestamp': seconds, 'svix-signature': `v1,${signature}` };
  return { url: guestyWebhook.url, headers: { ...json, ...svix }, body: text };
}
