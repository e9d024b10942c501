import type { Server } from '@innkeeper/backup/ports';
import { exampleRun } from '@innkeeper/backup/testing/example-run';
import type { Deployment } from '@innkeeper/deployment/deploy/deployment';
import { ActiveRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../asking/age.ts';
import { VENDORS } from '../asking/vendors.ts';
import type { Verdict } from '../report/finding.ts';
import { judgeStanding, type Standing } from './credentials.ts';
import { judgeExpiry, judgeIndexes } from './firestore.ts';
import { judgeFunction } from './functions.ts';
import { judgeToken } from './guesty-token.ts';
import { judgeImages, judgeLastGood, judgeLastRun, judgeServers } from './judge-backups.ts';
import { judgeAnswer, judgeCertificate, judgeSwarmName } from './judge-names.ts';
import {
  judgeHydration,
  judgeParked,
  judgeQueue,
  judgeSubscription,
  judgeUnsent,
  PARKED_READ,
} from './judge-queues.ts';
import { judgeDeployment, judgeVersions } from './judge-versions.ts';
import { judgeHeartbeat, judgePosition } from './listener.ts';
import { judgeCollection, judgePoints } from './qdrant.ts';
import { judgeAge, judgeSet } from './secrets.ts';
import { judgeLastEvent } from './webhooks.ts';
import { judgeRelease } from './workers.ts';

const now = new Date('2026-11-22T06:00:00Z');
const before = (ms: number): Date => new Date(now.getTime() - ms);
const ago = (ms: number): string => before(ms).toISOString();
/** `well`, or how urgent it is. */
const levelOf = (verdict: Verdict): string => (verdict.kind === 'unwell' ? verdict.urgency : verdict.kind);

/** Each just inside its limit and just beyond it. */
const LIMITS: readonly (readonly [name: string, inside: Verdict, beyond: Verdict, level: string])[] = [
  ['the last good backup, 26 hours', ...lastGood(26 * HOUR_MS), 'now'],
  ['the snapshot, 45 days', ...image(45 * DAY_MS), 'this_week'],
  ['a certificate, three weeks', ...certificate(21 * DAY_MS), 'this_week'],
  ['a credential, a month', ...credential(30 * DAY_MS), 'this_week'],
  ['the listener’s place, two minutes', ...position(2 * MINUTE_MS), 'now'],
  ['the heartbeat, a minute', ...heartbeat(MINUTE_MS), 'now'],
  ['a delivery, a quarter of an hour', ...queue(15 * MINUTE_MS), 'now'],
  ['a mark, a quarter of an hour', ...hydration(15 * MINUTE_MS), 'today'],
  ['a chat change, a quarter of an hour', ...chatChange(900), 'now'],
  ['deliveries in the bucket, fifty', judgeUnsent('guesty', 50), judgeUnsent('guesty', 51), 'now'],
  [
    'points, two hundred apart',
    judgePoints({ points: 0, noted: 200 }),
    judgePoints({ points: 0, noted: 201 }),
    'today',
  ],
  [
    'points, a hundredth apart',
    judgePoints({ points: 99_000, noted: 100_000 }),
    judgePoints({ points: 98_999, noted: 100_000 }),
    'today',
  ],
  ['Guesty’s last event, a day', ...lastEvent(DAY_MS), 'today'],
  ['a secret, its own age', ...secretAge(180), 'this_week'],
];

describe('limits', () => {
  it.each(LIMITS)('%s', (_name, inside, beyond, level) => {
    expect([levelOf(inside), levelOf(beyond)]).toEqual(['well', level]);
  });
});

type Pair = readonly [inside: Verdict, beyond: Verdict];

function lastGood(limitMs: number): Pair {
  const of = (ms: number) =>
    judgeLastGood(ActiveRun.parse({ v: 1, lastGood: { runId: '2026-11-21', endedAt: ago(ms) } }), now);
  return [of(limitMs), of(limitMs + 1)];
}

function image(limitMs: number): Pair {
  const row = { id: 1, architecture: 'x86', diskGb: 40, runnerVersion: '0.2.0', protocol: 1 } as const;
  const of = (ms: number) => judgeImages([{ ...row, createdAt: ago(ms) }], '0.1.9', now);
  return [of(limitMs), of(limitMs + 1)];
}

function certificate(limitMs: number): Pair {
  return [judgeCertificate({ endsAt: before(-limitMs) }, now), judgeCertificate({ endsAt: before(1 - limitMs) }, now)];
}

function credential(limitMs: number): Pair {
  const of = (ms: number) =>
    judgeStanding({ kind: 'usable', figure: 'active', expiresAt: before(-ms) }, VENDORS.cloudflare, now);
  return [of(limitMs), of(limitMs - 1)];
}

function position(limitMs: number): Pair {
  const held = { v: 1, epoch: 1, holder: 'a', leaseUntil: ago(-1) } as const;
  return [
    judgePosition({ ...held, tokenAt: ago(limitMs) }, now),
    judgePosition({ ...held, tokenAt: ago(limitMs + 1) }, now),
  ];
}

function heartbeat(limitMs: number): Pair {
  const of = (ms: number) => judgeHeartbeat({ v: 1, at: ago(ms), state: 'following', caughtUpTo: ago(0) }, now);
  return [of(limitMs), of(limitMs + 1)];
}

function queue(limitMs: number): Pair {
  const row = { id: 'a', name: 'a', consumers: 1, isPaused: false };
  const of = (ms: number) =>
    judgeQueue(
      { name: 'a', worker: 'guesty-webhook', holdsDeadLetters: false },
      true,
      { queue: row, backlog: { messages: 1, oldestAt: before(ms) } },
      now,
    );
  return [of(limitMs), of(limitMs + 1)];
}

function chatChange(limit: number): Pair {
  const of = (seconds: number) => judgeSubscription({ state: 'active', seconds }, 15);
  return [of(limit), of(limit + 1)];
}

function hydration(limitMs: number): Pair {
  const of = (oldestMs: number) =>
    judgeHydration('guesty', { byLane: { live: 1, backfill: 0 }, bySubject: { guest: 1 }, oldestMs, failing: 0 });
  return [of(limitMs), of(limitMs + 1)];
}

function lastEvent(limitMs: number): Pair {
  const of = (ms: number) => judgeLastEvent('guesty', { at: new Map([['guesty', ago(ms)]]) }, now);
  return [of(limitMs), of(limitMs + 1)];
}

function secretAge(days: number): Pair {
  const of = (ms: number) =>
    judgeAge(new Map([['a', { number: 1, madeAt: before(ms) }]]), [{ id: 'a', ageDaysMax: days }], now);
  return [of(days * DAY_MS), of(days * DAY_MS + 1)];
}

/** What is not a limit. */
const OTHERS: readonly (readonly [name: string, verdict: Verdict, level: string, figure: string])[] = [
  ['no backup yet', judgeLastGood(undefined, now), 'now', 'there is no good backup yet'],
  ['no run yet', judgeLastRun(undefined), 'today', 'none has ended yet'],
  ['no snapshot', judgeImages([], '0.1.0', now), 'now', 'no snapshot'],
  [
    'a server of a run at work',
    judgeServers([server('2026-11-22')], runs('2026-11-22', 'dumping'), now),
    'well',
    '1, at work',
  ],
  [
    'a server of a run that ended',
    judgeServers([server('2026-11-22')], runs('2026-11-22', 'done'), now),
    'now',
    'since 2 h',
  ],
  [
    'a server that is going',
    judgeServers([{ ...server('2026-11-22'), status: 'deleting' }], new Map(), now),
    'well',
    '1,',
  ],
  ['a certificate of an hour', judgeCertificate({ endsAt: before(-HOUR_MS) }, now), 'now', '60 min left'],
  ['a certificate that ended', judgeCertificate({ endsAt: before(DAY_MS) }, now), 'now', 'ended 24 h ago'],
  ['no HTTPS only', judgeAnswer({ status: 200, headers: new Headers() }, 'Look.'), 'this_week', 'does not insist'],
  ['a redirect', judgeAnswer({ status: 301, headers: new Headers() }, 'Look.'), 'now', 'answers 301'],
  ['a detached subscription', judgeSubscription({ state: 'detached', seconds: 0 }, 15), 'now', 'is detached'],
  ['a subscription without its right', judgeSubscription({ state: 'broken', seconds: 0 }, 15), 'now', 'cannot deliver'],
  ['a subscription without points', judgeSubscription({ state: 'active', seconds: undefined }, 15), 'well', 'nothing'],
  ['a node that is gone', judgeSwarmName('a', [], new Map(), ['node-1']), 'now', 'knows no server'],
  ['a refused credential', standing({ kind: 'refused' }), 'today', 'Cloudflare refuses it'],
  ['an absent credential', standing({ kind: 'absent', why: 'not set', nextStep: 'set it' }), 'not_asked', 'not set'],
  ['an index being built', judgeIndexes([index('creating')]), 'now', 'phoneLinks(kind, numbers) is missing'],
  [
    'an expiry being begun',
    judgeExpiry([field('events', 'active'), field('reports', 'creating')]),
    'this_week',
    'creating',
  ],
  ['no token at Guesty, attempts left', judgeToken({ attemptsLeft: 2 }, now), 'well', '2 attempts left'],
  ['no lease', judgePosition({ v: 1, epoch: 1, holder: '', leaseUntil: ago(0) }, now), 'now', 'nobody holds'],
  [
    'a listener behind',
    judgeHeartbeat({ v: 1, at: ago(0), state: 'x', caughtUpTo: ago(HOUR_MS) }, now),
    'today',
    'behind by 60 min',
  ],
  ['no alias', judgeCollection(undefined, 1024), 'now', 'no alias'],
  [
    'a red collection',
    judgeCollection({ name: 'a', collection: { status: 'red', dimensions: 3 } }, 3),
    'now',
    'a is red',
  ],
  [
    'a yellow collection',
    judgeCollection({ name: 'a', collection: { status: 'yellow', dimensions: 3 } }, 3),
    'well',
    'yellow',
  ],
  ['a parked document', judgeParked(['vectorize']), 'this_week', 'vectorize: 1'],
  ['many parked documents', judgeParked(Array.from({ length: PARKED_READ }, () => 'a')), 'this_week', 'at least 500'],
  [
    'silence of Aircall behind many events of others',
    judgeLastEvent('aircall', { at: new Map(), back: ago(HOUR_MS) }, now),
    'well',
    'reach back 60 min',
  ],
  ['an optional secret', judgeSet(new Map(), [{ id: 'a', isOptional: true }]), 'well', '0 of 1'],
  ['a function that is not there', judgeFunction(undefined), 'now', 'was never deployed'],
  [
    'Workers of two releases',
    judgeRelease(
      new Map([
        ['a', deployment('1')],
        ['b', deployment('2')],
      ]),
    ),
    'this_week',
    'a 1, b 2',
  ],
  ['no deployment', judgeDeployment(undefined, now), 'this_week', 'none is in the journal'],
  ['versions while somebody deploys', judgeVersions(new Map([['worker/a', '1']]), journal({})), 'well', 'under way'],
  ['a deployment that was cut off', judgeDeployment(journal({ expiresAt: ago(1) }), now), 'now', 'was cut off'],
  ['a deployment at work', judgeDeployment(journal({ expiresAt: ago(-1) }), now), 'well', 'still at work'],
];

describe('judgements', () => {
  it.each(OTHERS)('%s', (_name, verdict, level, figure) => {
    expect([levelOf(verdict), verdict.figure]).toEqual([level, expect.stringContaining(figure)]);
  });
});

function server(day: string): Server {
  const place = { type: 'cx23', location: 'nbg1', addresses: [], status: 'running' } as const;
  return {
    ...place,
    id: 42_000_001,
    name: `backup-${day}`,
    runId: RunId.parse(day),
    expires: undefined,
    createdAt: ago(2 * HOUR_MS),
  };
}

function runs(day: string, state: 'dumping' | 'done') {
  const runId = RunId.parse(day);
  return new Map([[runId, exampleRun({ runId, state, endedAt: ago(2 * HOUR_MS) })]]);
}

function standing(of: Standing): Verdict {
  return judgeStanding(of, VENDORS.cloudflare, now);
}

function index(state: 'ready' | 'creating') {
  return { collection: 'records', fields: ['kind', 'receivedAt'], state };
}

function field(collection: string, state: 'active' | 'creating') {
  return { collection, field: 'expireAt', state };
}

function deployment(tag: string) {
  return { versions: [{ id: tag, percentage: 100, tag }], deployedAt: now };
}

function journal(changes: Partial<Deployment>): Deployment {
  return {
    format: 1,
    id: 'a',
    environment: 'prod',
    who: 'tests',
    commit: '1',
    startedAt: ago(HOUR_MS),
    expiresAt: ago(-1),
    sequence: 1,
    stages: [],
    direction: 'forward',
    done: [],
    open: [],
    stuck: [],
    before: {},
    after: {},
    contracts: {},
    warnings: [],
    ...changes,
  };
}
