import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeDurability } from './describe-durability.ts';
import { describeOddBodies } from './describe-odd-bodies.ts';
import { type AircallWorker, fixture, SECOND_TOKEN, startAircallWorker, TOKEN } from './start-aircall-worker.ts';

let worker: AircallWorker;
let stalled: Promise<number | undefined>;
beforeAll(async () => {
  worker = await startAircallWorker();
  stalled = sendHalf(`${worker.url}/webhooks/aircall`);
});
afterAll(async () => {
  await worker.close();
});

const post: AircallWorker['post'] = (...sent) => worker.post(...sent);
const deliver: AircallWorker['deliver'] = payload => worker.deliver(payload);
const contents: AircallWorker['contents'] = collection => worker.contents(collection);

async function callRecord(id: number): Promise<Record<string, unknown> | undefined> {
  const records = await contents('records');
  return records.find(record => record.path === `records/aircall:call:${id}`)?.fields;
}

/** Begins a body and never ends it; resolves with the status that came all the same. */
function sendHalf(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': '900' };
    const sending = request(url, { method: 'POST', headers }, response => {
      response.resume();
      resolve(response.statusCode);
      sending.destroy();
    });
    sending.on('error', reject);
    sending.write('{"event":"call.');
  });
}

describe('what is refused', () => {
  test('leaves nothing behind', async () => {
    const event = fixture('call.created.inbound');
    const answers = await Promise.all([
      deliver({ ...event, token: undefined }),
      deliver({ ...event, token: TOKEN.slice(1) }),
      deliver({ ...event, token: `${TOKEN}0` }),
      deliver({ ...event, token: `${TOKEN},${SECOND_TOKEN}` }),
      deliver({ ...event, token: [TOKEN] }),
      post(JSON.stringify(event), { 'content-type': 'application/x-www-form-urlencoded' }),
      fetch(`${worker.url}/webhooks/aircall`),
      fetch(`${worker.url}/webhooks/other`, { method: 'POST', body: '{}' }),
      post('x'.repeat(2 * 1024 * 1024 + 1)),
    ]);
    expect(answers.map(answer => answer.status)).toEqual([401, 401, 401, 401, 401, 415, 405, 404, 413]);
    await worker.quiet();
    expect(await contents('events')).toEqual([]);
  });

  test.each([
    '',
    '{',
    '[',
    'null',
    '[{}]',
    '"token"',
    `{"token":"${TOKEN}"`,
    '{"token":\u0001}',
    `{'token':'${TOKEN}'}`,
  ])('%j is no JSON object', async text => {
    expect((await post(text)).status).toBe(400);
  });

  test('a body made to exhaust the stack', async () => {
    expect((await post(`{"token":"${TOKEN}","data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).status).toBe(400);
  });
});

describe('what is accepted', () => {
  test('the events of one call, in the wrong order and twice, become one record', async () => {
    const names = ['call.ended.inbound-missed-voicemail', 'call.created.inbound', 'call.hungup.inbound-missed'];
    for (const name of [...names, ...names]) expect((await deliver(fixture(name))).status).toBe(200);
    await worker.quiet();
    expect(await callRecord(900000002)).toMatchObject({
      facts: {
        stage: 'ended',
        missedReason: 'agents_did_not_answer',
        hasVoicemail: true,
        externalNumber: '+442079460103',
      },
    });
    const payloads = (await contents('events')).map(event => JSON.stringify(event.fields['payload']));
    expect(payloads.filter(payload => payload.includes('900000002'))).toHaveLength(3);
    expect(payloads.join()).not.toMatch(new RegExp(`${TOKEN}|X-Amz-Signature`, 'u'));
  });

  test('any token that is valid now opens', async () => {
    await deliver({ ...fixture('contact.created'), token: SECOND_TOKEN });
    await worker.quiet();
    const records = await contents('records');
    expect(records.map(record => record.path)).toContain('records/aircall:contact:80000001');
  });

  test('an event that is not mapped is kept as unsupported', async () => {
    expect((await deliver(fixture('user.opened.v1'))).status).toBe(200);
    await worker.quiet();
    const events = await contents('events');
    expect(events.find(event => event.fields['event'] === 'user.opened')?.fields).toMatchObject({
      outcome: 'unsupported',
      reason: expect.stringMatching(/^[a-z_]+$/u) as string,
    });
  });

  test('a body over the queue’s limit arrives all the same', async () => {
    const event = fixture('call.tagged.after-transfer');
    await deliver({ ...event, padding: '"ü" '.repeat(40_000) });
    await worker.quiet();
    expect(await callRecord(900000003)).toMatchObject({ facts: { tags: [{ name: 'Late check-in' }] } });
  });
});

describeOddBodies(() => worker);
describeDurability(() => worker);

test('a body that is not complete after 15 seconds is given up', async () => {
  expect(await stalled).toBe(408);
});
