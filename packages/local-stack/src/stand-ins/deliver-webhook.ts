import { setTimeout as pause } from 'node:timers/promises';

/**
 * One webhook as a vendor sends it: packed anew for every attempt, because secrets and clocks move on, and sent again
 * after a failure. What vendors spread over hours happens within a second here.
 */
export interface WebhookParcel {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface DeliveryOutcome {
  readonly url: string;
  /** Of the last attempt; 0 where there was no answer. */
  readonly status: number;
  readonly attempts: number;
}

const RETRY_AFTER_MS = [25, 50, 100, 200, 400];
/** Aircall's; Svix waits longer. */
const ANSWER_MS_MAX = 5_000;

/** `pack` answers `undefined` once there is nobody left to deliver to. */
export async function deliverWebhook(url: string, pack: () => WebhookParcel | undefined): Promise<DeliveryOutcome> {
  let status = 0;
  let attempts = 0;
  for (const waitMs of [0, ...RETRY_AFTER_MS]) {
    if (waitMs > 0) await pause(waitMs);
    const parcel = pack();
    if (parcel === undefined) break;
    attempts += 1;
    status = await post(parcel);
    if (status >= 200 && status < 300) break;
  }
  return { url, status, attempts };
}

async function post({ url, headers, body }: WebhookParcel): Promise<number> {
  try {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    await reply.arrayBuffer();
    return reply.status;
  } catch {
    return 0; // Counts as a failed attempt, as with the vendor.
  }
}

/** The same address at another origin, for a receiver whose public address is not reachable from here. */
export function deliveryUrl(url: string, origin: string | undefined): string {
  if (origin === undefined) return url;
  const { pathname, search } = new URL(url);
  return new URL(`${pathname}${search}`, origin).href;
}
