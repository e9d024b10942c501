import { createHmac, createSecretKey } from 'node:crypto';
import { type Delivery, isSpoiltForGood, type Ledger } from '../judge/ledger.ts';
import type { VirtualTime } from '../time/virtual-time.ts';
import type { Noise } from './noise.ts';
import { spoil } from './spoil.ts';
import type { Draft } from './thing.ts';

/** Sends webhooks as the vendors do: signed or with a token, again and again while nobody takes them. */
export interface Sender {
  readonly send: (draft: Draft) => void;
  /** Nothing is left to be sent. */
  readonly isDone: boolean;
  /** Copies and repetitions included. */
  readonly requests: number;
}

export interface SenderOptions {
  readonly time: VirtualTime;
  readonly ledger: Ledger;
  readonly noise: Noise;
  readonly onOpened: (delivery: Delivery) => void;
  /** Hands a request to the edge; `undefined` where the connection breaks before there is an answer. */
  readonly post: (delivery: Delivery, request: Request) => Promise<number | undefined>;
}

export const GUESTY_SECRET = `whsec_${Buffer.from('a secret of the simulation').toString('base64')}`;
export const AIRCALL_TOKEN = '0123456789abcdef0123456789abcdef';

const MINUTE_MS = 60_000;
/** Guesty's follows Svix. Aircall tries up to fifty times; it does not say when. */
const SCHEDULES = {
  guesty: {
    patienceMs: 15_000,
    waitsMs: [5_000, 5 * MINUTE_MS, 30 * MINUTE_MS, 120 * MINUTE_MS, 300 * MINUTE_MS, 600 * MINUTE_MS, 600 * MINUTE_MS],
  },
  aircall: {
    patienceMs: 5_000,
    waitsMs: [10_000, 30_000, MINUTE_MS, ...Array.from({ length: 46 }, () => 5 * MINUTE_MS)],
  },
} as const;

/** Every further attempt at what can never be taken would end like the ones before. */
const HOPELESS_ROUNDS = 2;

export function createSender({ time, ledger, noise, onOpened, post }: SenderOptions): Sender {
  let underWay = 0;
  let requests = 0;

  const attempt = async (delivery: Delivery, round: number): Promise<void> => {
    const { patienceMs, waitsMs } = SCHEDULES[delivery.draft.source];
    delivery.attempts += 1;
    requests += 1;
    const isWhole = delivery.spoilt === undefined || (round > 0 && !isSpoiltForGood(delivery));
    const request = buildRequest(delivery, isWhole, time.now());
    const status = await Promise.race([post(delivery, request), time.pause(patienceMs).then(() => undefined)]);
    if (status !== undefined && status >= 200 && status < 300) {
      delivery.isAccepted = true;
      underWay -= 1;
      return;
    }
    if (status !== undefined) delivery.refusals.push(status);
    const waitMs = isSpoiltForGood(delivery) && round >= HOPELESS_ROUNDS ? undefined : waitsMs[round];
    if (waitMs === undefined) {
      delivery.hasGivenUp = true;
      underWay -= 1;
      return;
    }
    time.at(time.now() + waitMs, () => void attempt(delivery, round + 1));
  };

  const sendIn = (delivery: Delivery, delayMs: number): void => {
    underWay += 1;
    time.at(time.now() + delayMs, () => void attempt(delivery, 0));
  };

  return {
    send: draft => {
      const fate = noise.fateOf(draft);
      const delivery = ledger.open(draft, fate);
      onOpened(delivery);
      if (fate.isWithheld) return;
      sendIn(delivery, fate.delayMs);
      if (fate.copyAfterMs !== undefined) sendIn(delivery, fate.delayMs + fate.copyAfterMs);
    },
    get isDone() {
      return underWay === 0;
    },
    get requests() {
      return requests;
    },
  };
}

function buildRequest(delivery: Delivery, isWhole: boolean, nowMs: number): Request {
  const { source, payload } = delivery.draft;
  const sealed = source === 'aircall' ? { ...payload, token: tokenOf(delivery, isWhole) } : payload;
  const text = JSON.stringify(sealed);
  const body = isWhole || delivery.spoilt === undefined ? text : spoil(delivery.spoilt, sealed, text);
  const headers = source === 'aircall' ? {} : signatureOf(delivery, isWhole, isOnTheWay(delivery) ? text : body, nowMs);
  return postOf(`https://${source}.example.com/webhooks/${source}`, headers, new TextEncoder().encode(body));
}

/** As much of a request as the edge reads, its body in one piece. Streams would cost more than everything else about it. */
function postOf(url: string, headers: Readonly<Record<string, string>>, body: Uint8Array): Request {
  const chunks = [body];
  const reader = {
    read: () => {
      const value = chunks.shift();
      return Promise.resolve(value === undefined ? { done: true } : { done: false, value });
    },
    cancel: () => Promise.resolve(),
  };
  return {
    url,
    method: 'POST',
    headers: new Headers({ 'content-type': 'application/json', ...headers }),
    body: { getReader: () => reader },
  } as unknown as Request; // see above
}

/** What happens on the way happens after it was signed. */
const isOnTheWay = (delivery: Delivery): boolean => !isSpoiltForGood(delivery);

const tokenOf = ({ spoilt }: Delivery, isWhole: boolean): string =>
  spoilt === 'signature_of_another' && !isWhole ? 'f'.repeat(32) : AIRCALL_TOKEN;

const KEY = createSecretKey(Buffer.from(GUESTY_SECRET.slice('whsec_'.length), 'base64'));
const ANOTHER_KEY = createSecretKey(Buffer.from('a secret of somebody else'));

function signatureOf({ number, spoilt }: Delivery, isWhole: boolean, body: string, nowMs: number) {
  const id = `msg_${number}`;
  const timestamp = Math.floor(nowMs / 1000);
  const key = spoilt === 'signature_of_another' && !isWhole ? ANOTHER_KEY : KEY;
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'svix-id': id, 'svix-timestamp': String(timestamp), 'svix-signature': `v1,${signature}` };
}
