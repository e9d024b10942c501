import { createHmac } from 'node:crypto';
import type { Secret } from '@innkeeper/shared/config/secret';
import type { CompanySettings } from '../environment/environment-values.ts';
import type { ProbeRequest } from './http-probe.ts';

/** A request with the only answer that says all is well. */
export interface Probe {
  readonly what: string;
  readonly request: ProbeRequest;
  readonly expects: number;
  /** Version of the Worker that has to give it; absent: whichever. */
  readonly from?: string;
}

/** Ids by which a person sees what these deliveries are. */
const SYNTHETIC_ID = 'innkeeper-deployment-check';

/** Reaches one version of a Worker, whatever its share of requests, if it is part of the deployment. */
export const overrideHeader = (worker: string, version: string): Readonly<Record<string, string>> => ({
  'cloudflare-workers-version-overrides': `${worker}="${version}"`,
});

export function healthProbe(origin: string, headers: Readonly<Record<string, string>> = {}): Probe {
  return { what: 'health', request: { method: 'GET', url: `${origin}/healthz`, headers }, expects: 200 };
}

export interface SyntheticInput {
  readonly origin: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The first value of the variable that the Worker checks deliveries by. */
  readonly secret: Secret;
  readonly nowMs: number;
}

/**
 * A delivery as Guesty signs it, about a booking that is none: of a kind the Worker takes, keeps for its thirty days
 * and does nothing about (`guest-folio.updated`). Signature, queue and configuration have to work for its 200.
 */
export function bookingProbe({ origin, headers = {}, secret, nowMs }: SyntheticInput): Probe {
  const body = JSON.stringify({ event: 'guest-folio.updated', reservationId: SYNTHETIC_ID });
  const id = `msg_${SYNTHETIC_ID}`;
  const timestamp = String(Math.floor(nowMs / 1000));
  const key = Buffer.from(secret.reveal().replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    what: 'a synthetic booking',
    request: {
      method: 'POST',
      url: `${origin}/webhooks/guesty`,
      headers: {
        'content-type': 'application/json',
        'svix-id': id,
        'svix-timestamp': timestamp,
        'svix-signature': `v1,${signature}`,
        ...headers,
      },
      body,
    },
    expects: 200,
  };
}

/**
 * A question as Rocket.Chat delivers it, in a thread that nobody was answered in, by nobody: it is stored and weighed
 * like any other, and answered with silence. Token, configuration and Durable Objects have to work for its 200.
 */
export function questionProbe(input: SyntheticInput & { readonly settings: CompanySettings }): Probe {
  const { origin, headers = {}, secret, nowMs, settings } = input;
  const body = JSON.stringify({
    token: secret.reveal(),
    bot: false,
    channel_id: settings.backupRoomId,
    channel_name: 'operations',
    message_id: `${SYNTHETIC_ID}-${Math.floor(nowMs / 1000)}`,
    timestamp: new Date(nowMs).toISOString(),
    user_id: SYNTHETIC_ID,
    user_name: SYNTHETIC_ID,
    text: 'who is checking in today?',
    tmid: SYNTHETIC_ID,
  });
  return {
    what: 'a synthetic question',
    request: {
      method: 'POST',
      url: `${origin}/questions`,
      headers: { 'content-type': 'application/json', ...headers },
      body,
    },
    expects: 200,
  };
}
