import { recordKey } from '@innkeeper/shared/domain/ids';
import { planOutages, type Trouble, trouble } from './faults/trouble.ts';
import { type Chronicle, createChronicle } from './judge/chronicle.ts';
import type { Flaw } from './judge/flaw.ts';
import { createHealing } from './judge/healing.ts';
import { judgeEnd } from './judge/judge-end.ts';
import { createLedger, type Ledger } from './judge/ledger.ts';
import { watchRecords } from './judge/watch-records.ts';
import type { Cloud } from './platform/cloud.ts';
import { type SimulatedDocuments, simulatedDocuments } from './platform/document-store.ts';
import { simulatedBucket } from './platform/object-store.ts';
import { AIRCALL_WINDOWS, GUESTY_WINDOWS, vendorLimits } from './platform/vendor-limits.ts';
import { webhookWorker } from './platform/webhook-worker.ts';
import { CODE_AS_IT_IS, type WorkerCode } from './platform/worker-code.ts';
import { rollDice } from './time/dice.ts';
import { runOnVirtualTime } from './time/run-on-virtual-time.ts';
import { virtualTime } from './time/virtual-time.ts';
import { openTelephones } from './vendors/aircall/aircall-account.ts';
import { aircallApi } from './vendors/aircall/aircall-api.ts';
import { aircallChanges } from './vendors/aircall/aircall-changes.ts';
import { type GuestyAccount, openAccount } from './vendors/guesty/guesty-account.ts';
import { guestyApi } from './vendors/guesty/guesty-api.ts';
import { guestyChanges } from './vendors/guesty/guesty-changes.ts';
import { createNoise } from './vendors/noise.ts';
import { createSender } from './vendors/sender.ts';
import { aircallWiring } from './workers/aircall-wiring.ts';
import { guestyWiring } from './workers/guesty-wiring.ts';

/** Hours of a company in which everything goes wrong, and then a calm night. */
export interface Simulation {
  readonly seed: number;
  /** Webhooks the vendors have to send, before doubles and repetitions. */
  readonly events: number;
  readonly code?: WorkerCode;
  /** Whether some webhooks are withheld or spoilt for good, which only looking for gaps heals. */
  readonly withholds?: boolean;
  /** How many times as busy as usual the company is. */
  readonly haste?: number;
  /** Key of the record whose life is to be told. */
  readonly watched?: string;
  readonly onProgress?: (events: number) => void;
}

export interface Simulated {
  readonly flaws: readonly Flaw[];
  readonly ledger: Ledger;
  readonly chronicle: Chronicle;
  readonly trouble: Trouble;
  readonly figures: Figures;
}

export interface Figures {
  readonly events: number;
  readonly requests: number;
  readonly withheld: number;
  readonly spoilt: number;
  readonly effects: number;
  readonly states: number;
  readonly records: number;
  readonly parked: number;
  readonly deaths: number;
  readonly faults: number;
  readonly vendorCalls: number;
  readonly healed: number;
  readonly slowestHealingMs: number;
  readonly virtualHours: number;
  readonly lost: number;
  readonly doubled: number;
  /** Everything else that was promised. */
  readonly untrue: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The comparison runs at 02:17 UTC; the trouble ends before it. */
const TROUBLE_ENDS_MS = Date.UTC(2027, 2, 3, 1, 50);
const COMPARISON_ENDS_MS = Date.UTC(2027, 2, 3, 2, 22);
/** Mean of what a busy company has, in which bursts of hundreds in a second stand out. */
const EVENTS_PER_SECOND = 1.5;

export async function simulate(simulation: Simulation): Promise<Simulated> {
  const startMs = TROUBLE_ENDS_MS - Math.ceil(simulation.events / EVENTS_PER_SECOND) * 1_000;
  const time = virtualTime(startMs);
  return runOnVirtualTime(time, () => play(simulation, time, startMs));
}

async function play(
  {
    seed,
    events,
    code = CODE_AS_IT_IS,
    withholds = true,
    haste = 1,
    watched,
    onProgress = () => undefined,
  }: Simulation,
  time: ReturnType<typeof virtualTime>,
  startMs: number,
): Promise<Simulated> {
  const dice = (part: number) => rollDice(seed, part);
  const chronicle = createChronicle(time.now, watched);
  const ledger = createLedger(time.now, chronicle);
  const troubles = trouble(dice(1), time.now, planOutages(dice(2), startMs, TROUBLE_ENDS_MS));
  const healing = createHealing(time.now, troubles);
  const watch = watchRecords(() => ledger, chronicle, healing.progressed);
  const cloud: Cloud = {
    time,
    trouble: troubles,
    chronicle,
    documents: simulatedDocuments(time.now, watch.onDocument),
    bucket: simulatedBucket(),
    dice: dice(3),
    lines: new Map(),
    deaths: { count: 0 },
  };

  const account = openAccount(startMs);
  const telephones = openTelephones();
  const apis = {
    guesty: { answer: guestyApi(account), limits: vendorLimits(GUESTY_WINDOWS) },
    aircall: { answer: aircallApi(telephones), limits: vendorLimits(AIRCALL_WINDOWS) },
  };
  const workers = {
    guesty: webhookWorker({ cloud, wiring: guestyWiring, api: apis.guesty, code, dice: dice(4) }),
    aircall: webhookWorker({ cloud, wiring: aircallWiring, api: apis.aircall, code, dice: dice(5) }),
  };
  const sender = createSender({
    time,
    ledger,
    noise: createNoise(dice(7), withholds),
    onOpened: healing.opened,
    post: (delivery, request) =>
      workers[delivery.draft.source].post(request, eventId => ledger.durable(delivery, eventId)),
  });
  const guesty = guestyChanges(account, dice(8), time, sender.send);
  const aircall = aircallChanges(telephones, dice(9), time, sender.send);

  const traffic = dice(10);
  const nextChange = (): void => {
    if (ledger.deliveries.length >= events) return;
    onProgress(ledger.deliveries.length);
    const burst = traffic.happens(BURST_PER_MILLION) ? traffic.between(20, 120) : 1;
    for (let count = 0; count < burst; count += 1) {
      if (traffic.happens(GUESTY_SHARE_PER_MILLION)) guesty.change();
      else aircall.change();
    }
    time.at(time.now() + traffic.between(0, Math.ceil((burst * MEAN_PAUSE_MS * 2) / haste)), nextChange);
  };
  guesty.open();
  time.at(startMs + 1_000, nextChange);
  everyFewMinutes(time, Object.values(workers));

  const isAtRest = (): boolean =>
    sender.isDone &&
    Object.values(workers).every(
      ({ queue, deadLetters, object }) => queue.isEmpty && deadLetters.isEmpty && object.isIdle,
    ) &&
    unread(workers, time.now()).length === 0 &&
    !cloud.bucket.keys().some(key => key.startsWith('unsent/'));

  await time.runUntil(TROUBLE_ENDS_MS);
  while (ledger.deliveries.length < events) await time.runUntil(time.now() + MINUTE_MS);
  troubles.end();
  // The night's comparison, and whatever the vendors still repeat: their last attempt comes more than a day later.
  await time.runUntil(Math.max(time.now(), COMPARISON_ENDS_MS));
  for (let minutes = 0; minutes < REST_MINUTES_MAX && !isAtRest(); minutes += sender.isDone ? WAITED_MINUTES : 1) {
    await time.runUntil(time.now() + MINUTE_MS);
  }
  replayParked(workers, cloud.documents, ledger);
  for (let minutes = 0; minutes < REPLAY_MINUTES_MAX && (minutes === 0 || !isAtRest()); minutes += 1) {
    await time.runUntil(time.now() + MINUTE_MS);
  }

  const left = isAtRest() ? [] : leftovers(workers, sender.isDone);
  const flaws = [
    ...watch.flaws,
    ...healing.flaws(),
    ...crashes(cloud),
    ...left,
    ...unread(workers, time.now()),
    ...judgeEnd(ledger, cloud.documents, blockedDays(account)),
  ];
  return {
    flaws,
    ledger,
    chronicle,
    trouble: troubles,
    figures: {
      events: ledger.deliveries.length,
      requests: sender.requests,
      withheld: ledger.deliveries.filter(({ isWithheld }) => isWithheld).length,
      spoilt: ledger.deliveries.filter(({ spoilt }) => spoilt !== undefined).length,
      effects: watch.effects,
      states: watch.states,
      records: [...cloud.documents.all('records')].length,
      parked: [...cloud.documents.all('parked')].length,
      deaths: cloud.deaths.count,
      faults: [...troubles.hits.values()].reduce((sum, count) => sum + count, 0),
      vendorCalls: apis.guesty.limits.calls + apis.aircall.limits.calls,
      healed: healing.healed,
      slowestHealingMs: healing.slowestMs,
      virtualHours: (time.now() - startMs) / HOUR_MS,
      lost: flaws.filter(({ promised }) => promised === 'lost').length,
      doubled: flaws.filter(({ promised }) => promised === 'doubled').length,
      untrue: flaws.filter(({ promised }) => promised !== 'lost' && promised !== 'doubled').length,
    },
  };
}

const BURST_PER_MILLION = 400;
const GUESTY_SHARE_PER_MILLION = 720_000;
const MEAN_PAUSE_MS = 1_100;
/** While the vendors still send; once they are done, an hour is enough for everything. */
const REST_MINUTES_MAX = 40 * 60;
const WAITED_MINUTES = 40;
const REPLAY_MINUTES_MAX = 60;

type Workers = Readonly<Record<'guesty' | 'aircall', ReturnType<typeof webhookWorker>>>;

/** The expressions of `wrangler.jsonc`: every minute, every five, and 02:17. */
function everyFewMinutes(time: ReturnType<typeof virtualTime>, workers: readonly Workers['guesty'][]): void {
  const ring = (): void => {
    const now = new Date(time.now());
    for (const worker of workers) {
      worker.everyMinute();
      if (now.getUTCMinutes() % 5 === 0) worker.everyFiveMinutes();
      if (now.getUTCHours() === 2 && now.getUTCMinutes() === 17) worker.everyNight();
    }
    time.at(time.now() + MINUTE_MS, ring);
  };
  time.at(Math.ceil(time.now() / MINUTE_MS) * MINUTE_MS, ring);
}

/**
 * What an operator does in the morning: everything that the queue gave up on is replayed, and by mistake much that was
 * settled long ago, which must change nothing.
 */
function replayParked(workers: Workers, documents: SimulatedDocuments, ledger: Ledger): void {
  const byMistake = ledger.deliveries.filter(({ number }) => number % REPLAYED_BY_MISTAKE === 0);
  const settled = new Set(byMistake.flatMap(({ eventIds }) => [...eventIds]));
  const events = [...documents.all('events')].filter(
    ({ path, fields }) => fields['reason'] === 'attempts_exhausted' || settled.has(path.slice('events/'.length)),
  );
  for (const [source, all] of Map.groupBy(events, ({ fields }) =>
    fields['source'] === 'aircall' ? 'aircall' : 'guesty',
  )) {
    const ids = all.map(({ path }) => path.slice('events/'.length));
    for (let from = 0; from < ids.length; from += REPLAYED_AT_ONCE) {
      void workers[source].replay(ids.slice(from, from + REPLAYED_AT_ONCE));
    }
  }
}

const REPLAYED_BY_MISTAKE = 100;
const REPLAYED_AT_ONCE = 100;

/** Keys of the records of the days on which homes are blocked. */
function blockedDays(account: GuestyAccount): ReadonlySet<string> {
  return new Set(
    account.homes.flatMap(({ id, blocked }) =>
      [...blocked].map(day => recordKey('guesty', 'calendar-block', `${id}:${day}`)),
    ),
  );
}

function leftovers(workers: Workers, sent: boolean): readonly Flaw[] {
  const flaw = (text: string): Flaw => ({ promised: 'lost', about: undefined, text });
  return [
    ...(sent ? [] : [flaw('the vendors are still sending')]),
    ...Object.entries(workers).flatMap(([name, { queue, deadLetters }]) => [
      ...(queue.isEmpty ? [] : [flaw(`${name}: messages wait for ever`)]),
      ...(deadLetters.isEmpty ? [] : [flaw(`${name}: dead letters wait for ever`)]),
    ]),
  ];
}

/** Longer than any retry of the hydrators waits. */
const READ_WITHIN_MS = 30 * MINUTE_MS;

const unread = (workers: Workers, nowMs: number): readonly Flaw[] =>
  Object.entries(workers).flatMap(([name, { object }]) =>
    object.leftSince(nowMs - READ_WITHIN_MS).map(entry => ({
      promised: 'lost' as const,
      about: undefined,
      text: `${name}: ${entry}, is marked and not read`,
    })),
  );

const crashes = ({ lines }: Cloud): readonly Flaw[] =>
  [...lines]
    .filter(([event]) => /\.crashed$|\.broke_off$/u.test(event))
    .map(([event, count]) => ({ promised: 'crashed', about: undefined, text: `${event}, ${count} times` }));
