import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GROUPS } from '../src/report/finding.ts';
import { askDoctor, reportOf } from './support/ask-doctor.ts';
import { breakHouse } from './support/break-house.ts';
import { type House, openHouse } from './support/house.ts';
import { spoiltAnswers } from './support/spoilt-answers.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe('on a house in which all is well', () => {
  test('asks everything, in every group, and ends with 0', async () => {
    const { code, report } = await reportOf(house);
    expect(report.findings.filter(({ verdict }) => verdict !== 'well')).toEqual([]);
    expect(new Set(report.findings.map(({ group }) => group))).toEqual(new Set(GROUPS));
    expect(new Set(report.findings.map(({ id }) => id)).size).toBe(report.findings.length);
    expect(report.nextSteps).toEqual([]);
    expect(code).toBe(0);
  });

  test('tells a person in groups, without colours where there is no terminal', async () => {
    const { out } = await askDoctor(house, []);
    expect(out).toContain('\nbackups\n');
    expect(out).toMatch(/✓ last good backup +\d{4}-\d\d-\d\d, 60 min ago/u);
    expect(out).toMatch(/\d+ well, 0 unwell, 0 not asked\.\n$/u);
    expect(out).not.toContain('\u001B');
  });

  test('only reads: GET, and five questions that are asked by POST', async () => {
    house.network.asked.length = 0;
    await askDoctor(house, []);
    const posts = house.network.asked
      .filter(line => !line.startsWith('GET '))
      .map(line => new URL(line.slice(5)).pathname);
    const READS = /:(?:runQuery|batchGet|runAggregationQuery)$|\/points\/count$|^\/operate\/state$/u;
    expect(posts.filter(path => !READS.test(path))).toEqual([]);
    expect(house.network.asked.length).toBeGreaterThan(50);
  });

  test('looks only at the groups that were named', async () => {
    const { report } = await reportOf(house, ['--only', 'firestore,queues', '--only', 'listener']);
    expect(new Set(report.findings.map(({ group }) => group))).toEqual(new Set(['firestore', 'queues', 'listener']));
  });
});

describe('with credentials', () => {
  test('that are missing, their checks are not asked, and that is not well', async () => {
    const { CLOUDFLARE_API_TOKEN: _gone, ...environment } = house.environment;
    const { code, report } = await reportOf(house, [], { environment });
    const missing = report.findings.filter(({ verdict }) => verdict !== 'well');
    expect(new Set(missing.map(({ verdict }) => verdict))).toEqual(new Set(['not_asked']));
    expect(missing.map(({ id }) => id)).toContain('queues/cloudflare/guesty-deliveries');
    expect(report.nextSteps).toMatchObject([
      { urgency: 'later', step: expect.stringMatching(/^Set CLOUDFLARE_API_TOKEN: export /u) as string },
    ]);
    expect(report.nextSteps[0]?.findings).toEqual(missing.map(({ id }) => id));
    expect(code).toBe(1);
  });

  test('that are missing are told also where only other groups are asked', async () => {
    const { CLOUDFLARE_API_TOKEN: _gone, ...environment } = house.environment;
    const { report } = await reportOf(house, ['--only', 'workers'], { environment });
    expect(report.nextSteps).toHaveLength(1);
  });

  test.each([
    ['cloudflare', 'CLOUDFLARE_API_TOKEN', 'workers/llm-query'],
    ['hetzner', 'HCLOUD_TOKEN', 'backups/snapshot'],
    ['qdrant', 'QDRANT_API_KEY', 'qdrant/collection'],
    ['workers', 'OPERATOR_TOKEN', 'webhooks/subscription/guesty'],
    ['rocketchat', 'ROCKETCHAT_ADMIN_AUTH_TOKEN', 'webhooks/rocketchat'],
    ['cloudflare', 'CLOUDFLARE_API_TOKEN', 'workers/llm-query', 'half.a.token.of.yesterday'],
  ])('of %s that are refused, one finding says so', async (name, variable, behind, value = 'yesterday') => {
    const environment = { ...house.environment, [variable]: value };
    const { code, out } = await askDoctor(house, ['--json'], { environment });
    const { findings } = JSON.parse(out) as { findings: { id: string; verdict: string; nextStep?: string }[] };
    expect(findings.filter(({ verdict }) => verdict === 'unwell')).toMatchObject([
      { id: `credentials/${name}`, nextStep: expect.stringContaining(variable) as string },
    ]);
    expect(findings.find(({ id }) => id === behind)).toMatchObject({ verdict: 'not_asked' });
    expect([code, out.includes('yesterday')]).toEqual([1, false]);
  });

  test('of none, nothing that needs one is asked, and no secret is in what is said', async () => {
    const { out } = await askDoctor(house, []);
    const json = await askDoctor(house, ['--json']);
    expect(`${out}${json.out}`).not.toMatch(/secret-of-/u);
  });
});

test('an environment that nobody knows is a wrong command', async () => {
  const { code, err, out } = await askDoctor(house, ['--env', 'production']);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('There is no environment "production".');
});

const HOLES = /the check itself failed|NaN|undefined|Invalid|\[object/u;
const LINE_MAX = 500;

test('answers that are nearly right end in sentences without holes in them', async () => {
  const ids = (await reportOf(house)).report.findings.map(({ id }) => id);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1_000_000 }), async seed => {
      const { report } = await reportOf(house, [], { fetch: spoiltAnswers(house.network.fetch, seed * 1000) });
      expect(report.findings.map(({ id }) => id)).toEqual(ids);
      const holey = report.findings.filter(
        ({ figure, verdict, nextStep = '' }) =>
          HOLES.test(figure) || figure.length > LINE_MAX || (verdict === 'unwell' && !/\w{3}/u.test(nextStep)),
      );
      expect(holey).toEqual([]);
    }),
    { numRuns: 5 },
  );
});

/** Each check that there is, with what it says where its own thing is wrong. */
const SICK: readonly (readonly [id: string, figure: string])[] = [
  ['credentials/cloudflare', 'active, 5 days left'],
  ['credentials/guesty', 'ended, and today’s attempts are used up'],
  ['backups/last-good', '10 days ago; a newer one was due after 26 h'],
  ['backups/last-run', 'failed: no configured server type was to be had'],
  ['backups/restore-drill', '10 days ago; every 8 days it is to be proven'],
  ['backups/outside-watch', 'was not told of'],
  ['backups/databases', '(default): 10 days ago, ops: 10 days ago'],
  ['backups/snapshot', 'needed are 0.1.0 and protocol 1'],
  ['backups/servers', 'backup-2026-11-01 since'],
  ['backups/vault', 'answers 503'],
  ['firestore/databases', 'ops can be deleted'],
  ['firestore/indexes', 'records(kind, receivedAt) is needs repair (announcements of bookings)'],
  ['firestore/expiry', 'events.expireAt is not set'],
  ['names/record/chat.example.com', 'A 198.51.100.66 is none of ours'],
  ['names/record/login.example.com', '3 not proxied'],
  ['names/record/guesty-webhook.example.com', 'no record'],
  ['names/record/aircall-webhook.example.com', 'a record that goes past Cloudflare'],
  ['names/certificate/chat.example.com', 'clients refuse it: DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['names/answer/login.example.com', 'answers 502'],
  ['names/answer/llm-query.example.com', 'does not insist on HTTPS'],
  ['webhooks/subscription/guesty', 'switched off'],
  ['webhooks/subscription/aircall', 'there is none'],
  ['webhooks/last-event/guesty', '10 days ago; usual is less than 24 h'],
  ['webhooks/last-event/aircall', 'none was ever kept'],
  ['webhooks/rocketchat', 'put right of the outgoing integration Innkeeper: enabled'],
  ['queues/cloudflare/guesty-deliveries', 'delivery is paused'],
  ['queues/cloudflare/guesty-deliveries-dead', '7 messages, the oldest 24 h old'],
  ['queues/cloudflare/aircall-deliveries', 'nobody consumes it'],
  ['queues/cloudflare/aircall-deliveries-dead', 'does not exist'],
  ['queues/overflow/guesty', '400 deliveries wait'],
  ['queues/hydration/guesty', '1 fail again and again'],
  ['queues/hydration/aircall', '3 wait, the oldest for 2 h'],
  ['queues/pubsub/vectorize-chat-live', 'oldest message 25 h old'],
  ['queues/pubsub/vectorize-chat-backfill', 'oldest message 25 h old'],
  ['queues/pubsub/vectorize-chat-dead', 'does not exist'],
  ['queues/pubsub-dead-letters', 'vectorize-chat-live: 4 in 24 h'],
  ['queues/parked', 'guesty-webhook: 1'],
  ['listener/position', 'listener-1 lost the lease 10 days ago'],
  ['listener/heartbeat', '10 days ago: answers leave private rooms out'],
  ['qdrant/collection', 'has vectors of 1024 numbers, the model gives 512'],
  ['qdrant/points', '0 points, 5,000 noted'],
  ['functions/launch', 'not ready'],
  ['functions/sweep', 'was never deployed'],
  ['functions/exchange', 'exchange-00008-bad never became ready'],
  ['functions/report', 'though report-00008-new is newer'],
  ['functions/records', 'serves nothing'],
  ['functions/versions', 'function/report serves report-00007-abc, not report-00006-old'],
  ['workers/guesty-webhook', 'was never deployed'],
  ['workers/llm-query', 'aaaa 90%, bbbb 10%'],
  ['workers/release', 'nobody said what was deployed: guesty-webhook'],
  ['workers/deployment', 'rolled back in workers'],
  ['workers/skew', 'changes in the chat'],
  ['workers/versions', 'worker/backup-vault serves version-of-backup-vault, not an-older-one'],
  ['secrets/set', 'missing: groq-api-key'],
  ['secrets/age', 'aircall-api-token (500 days)'],
  ['secrets/worker/llm-query', 'waits for groq-api-key, which nobody has set'],
  ['secrets/worker/guesty-webhook', 'is not known to have guesty-client-secret version 1'],
  ['secrets/worker/aircall-webhook', 'lacks OPERATOR_TOKENS'],
];

describe('on a house in which everything is wrong', () => {
  let found: Awaited<ReturnType<typeof reportOf>>;
  beforeAll(async () => {
    found = await reportOf(house, [], await breakHouse(house));
  });

  test.each(SICK)('finds %s', (id, figure) => {
    const finding = found.report.findings.find(each => each.id === id);
    expect(finding).toMatchObject({ verdict: 'unwell', figure: expect.stringContaining(figure) as string });
    expect(finding?.nextStep).toMatch(/\w{3}/u);
  });

  test('has no kind of check without an example here', () => {
    const kindOf = (id: string): string => id.split('/').slice(0, 2).join('/');
    const shown = new Set(SICK.map(([id]) => kindOf(id)));
    const missing = found.report.findings.map(({ id }) => kindOf(id)).filter(kind => !shown.has(kind));
    // Credentials that are refused have their own examples above, functions and Workers one for each way to fail.
    expect(missing.filter(kind => !/^(?:credentials|functions|workers)\//u.test(kind))).toEqual([]);
  });

  test('says what to do first, and each step once', () => {
    const { code, report } = found;
    expect(code).toBe(1);
    const order = ['now', 'today', 'this_week', 'later'];
    const urgencies = report.nextSteps.map(({ urgency }) => order.indexOf(urgency));
    expect(urgencies).toEqual(urgencies.toSorted((one, other) => one - other));
    expect(new Set(report.nextSteps.map(({ step }) => step)).size).toBe(report.nextSteps.length);
    const steps = report.nextSteps.map(({ step }) => step).join('\n');
    expect(steps).toContain('./dev deploy --env prod');
    expect(steps).not.toMatch(/\bENV\b/u);
  });
});
