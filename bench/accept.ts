import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callEvents } from '@innkeeper/local-stack/demo/vendors/aircall-events';
import { reservationEvent } from '@innkeeper/local-stack/demo/vendors/guesty-documents';
import { buildWorld } from '@innkeeper/local-stack/demo/world/build-world';
import { type AcceptWorkers, startAcceptWorkers } from './accept-workers.ts';
import { atMost, type Bench, type Measure, milliseconds, times } from './bench.ts';
import { p50, p95 } from './percentile.ts';

/** What accepting a webhook costs over the durable write it is there for. */
export const accept: Bench = {
  async run(tell) {
    const directory = mkdtempSync(join(tmpdir(), 'innkeeper-bench-'));
    const started = await startAcceptWorkers(directory);
    try {
      const pairs = pairsOf(started);
      // The first round warms up: isolates start, code is compiled, connections open.
      await runRound(pairs, 0);
      for (const pair of pairs) for (const lane of [pair.webhook, pair.empty]) Object.assign(lane, freshFigures());
      for (let round = 1; round <= ROUNDS; round += 1) await runRound(pairs, round);
      tell(`${ROUNDS} rounds of ${LATENCY_REQUESTS} requests one by one and ${BURST_REQUESTS} by ${AT_ONCE}`);
      const floors = pairs.map(({ empty }) => p50(empty.latencies));
      const added = pairs.map(({ webhook }, index) => p50(webhook.latencies) - (floors[index] ?? 0));
      return {
        measures: pairs.flatMap(measuresOf),
        limitedBy:
          `the queue's durable write and the way to it, ${floors.map(milliseconds).join(' and ')} of each request; ` +
          `verifying, parsing and naming the delivery add ${added.map(milliseconds).join(' and ')}`,
      };
    } finally {
      await started.workers.close();
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

const ROUNDS = 40;
const LATENCY_REQUESTS = 10;
const BURST_REQUESTS = 60;
const AT_ONCE = 8;

interface Figures {
  latencies: number[];
  burstRequests: number;
  burstMs: number;
}
const freshFigures = (): Figures => ({ latencies: [], burstRequests: 0, burstMs: 0 });

interface Lane extends Figures {
  readonly url: string;
  readonly headers: () => Record<string, string>;
  readonly body: string;
}

interface Pair {
  readonly name: string;
  readonly webhook: Lane;
  readonly empty: Lane;
}

/** The lanes take turns with every request and every burst: what slows the machine slows all of them. */
async function runRound(pairs: readonly Pair[], round: number): Promise<void> {
  const inOrder = pairs.flatMap(({ webhook, empty }) => [webhook, empty]);
  const lanes = round % 2 === 0 ? inOrder : inOrder.toReversed();
  for (let request = 0; request < LATENCY_REQUESTS; request += 1) {
    for (const lane of lanes) lane.latencies.push(await send(lane));
  }
  for (const lane of lanes) {
    const since = performance.now();
    let left = BURST_REQUESTS;
    const sendNext = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await send(lane);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sendNext));
    lane.burstMs += performance.now() - since;
    lane.burstRequests += BURST_REQUESTS;
  }
}

async function send({ url, headers, body }: Lane): Promise<number> {
  const sent = headers();
  const since = performance.now();
  const response = await fetch(url, { method: 'POST', headers: sent, body });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${new URL(url).pathname} answered ${response.status}`);
  return performance.now() - since;
}

function pairsOf({ workers, guestySecret, aircallToken }: AcceptWorkers): Pair[] {
  const world = buildWorld(1, new Date());
  const [booking] = world.bookings;
  const [call] = world.calls;
  if (booking === undefined || call === undefined) throw new Error('this world has no booking or no call');
  const guestyBody = JSON.stringify(reservationEvent('reservation.updated.v2', booking, world.at));
  const aircallBody = JSON.stringify(callEvents(call, aircallToken).at(-1));
  const json = { 'content-type': 'application/json' };
  const key = Buffer.from(guestySecret.slice('whsec_'.length), 'base64');
  const signed = (): Record<string, string> => {
    const id = `msg_${crypto.randomUUID()}`;
    const time = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', key).update(`${id}.${time}.${guestyBody}`).digest('base64');
    return { ...json, 'svix-id': id, 'svix-timestamp': time, 'svix-signature': `v1,${signature}` };
  };
  const lane = (url: string, body: string, headers: Lane['headers']): Lane => ({
    url,
    body,
    headers,
    ...freshFigures(),
  });
  const empty = workers.urlOf('empty');
  return [
    {
      name: 'guesty-webhook',
      webhook: lane(`${workers.urlOf('guesty-webhook')}/webhooks/guesty`, guestyBody, signed),
      empty: lane(`${empty}/guesty`, guestyBody, signed),
    },
    {
      name: 'aircall-webhook',
      webhook: lane(`${workers.urlOf('aircall-webhook')}/webhooks/aircall`, aircallBody, () => json),
      empty: lane(`${empty}/aircall`, aircallBody, () => json),
    },
  ];
}

function measuresOf({ name, webhook, empty }: Pair): Measure[] {
  const rate = (lane: Figures): number => (lane.burstRequests * 1000) / lane.burstMs;
  const share = rate(webhook) / rate(empty);
  return [
    atMost(`${name}, p50`, p50(webhook.latencies) / p50(empty.latencies), 1.25, times),
    atMost(`${name}, pooled p95`, p95(webhook.latencies) / p95(empty.latencies), 1.5, times),
    { what: `${name}, throughput`, budget: { words: '≥ 0.75×', kept: share >= 0.75 }, measured: times(share) },
    {
      what: `${name}, in itself`,
      measured: `p50 ${milliseconds(p50(webhook.latencies))}, p95 ${milliseconds(p95(webhook.latencies))}, ${Math.round(rate(webhook))}/s`,
    },
  ];
}
