import { describe, expect, test } from 'vitest';
import { Secret } from '../config/secret.ts';
import { type OperateCall, OperateProblem, operateCalls } from '../contracts/operate.ts';
import { createLog } from '../log/log.ts';
import { err, ok } from '../result/result.ts';
import { createOperateEdge, type OperateHandlers } from './operate-edge.ts';
import { routeOperate } from './route-operate.ts';

const TOKEN = 'the token of the tests';
const RETIRED = 'the token before that';
const url = (call: string): string => `https://guesty.example.com/operate/${call}`;

function setUp(handlers: Partial<OperateHandlers> = {}) {
  const lines: string[] = [];
  const never = (): never => {
    throw new Error('must not get this far');
  };
  const calls = Object.keys(operateCalls) as OperateCall[];
  const all = Object.fromEntries(calls.map(call => [call, never])) as unknown as OperateHandlers;
  const answer = createOperateEdge({
    tokens: [new Secret(RETIRED), new Secret(TOKEN)],
    handlers: { ...all, ...handlers },
    log: createLog('test', line => lines.push(line)),
  });
  return { answer, lines };
}

const authorised = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
const post = (call: string, body: string, headers: Record<string, string> = authorised): Request =>
  new Request(url(call), { method: 'POST', headers, body });
const cancel = JSON.stringify({ jobId: 'guesty-listings-backfill-1' });

describe('the operator’s edge turns away', () => {
  test.each<[string, Request, number]>([
    ['nobody’s call', post('cancel-job', cancel, { 'content-type': 'application/json' }), 401],
    ['a wrong token', post('cancel-job', cancel, { ...authorised, authorization: `Bearer ${TOKEN}x` }), 401],
    [
      'a token under another scheme',
      post('cancel-job', cancel, { ...authorised, authorization: `Basic ${TOKEN}` }),
      401,
    ],
    ['an empty token', post('cancel-job', cancel, { ...authorised, authorization: 'Bearer ' }), 401],
    ['a stranger’s question which calls there are', post('erase-all', '{}', { authorization: 'Bearer guess' }), 401],
    ['a call that is none', post('erase-all', '{}'), 404],
    ['a name of every object', post('constructor', '{}'), 404],
    ['a deeper path', post('state/more', '{}'), 404],
    ['another method', new Request(url('state'), { headers: authorised }), 405],
    ['another content type', post('state', '{}', { ...authorised, 'content-type': 'text/plain' }), 415],
    ['more than 64 KiB', post('state', JSON.stringify({ pad: 'x'.repeat(65_536) })), 413],
    ['what is not JSON', post('state', '{'), 400],
    ['what is no object', post('state', '[]'), 400],
    ['another form', post('cancel-job', '{"jobId":7}'), 400],
    ['too many events', post('replay', JSON.stringify({ replayId: 'r', eventIds: Array(101).fill('e') })), 400],
  ])('%s', async (_what, request, status) => {
    const { answer, lines } = setUp();
    const response = await answer(request);
    expect(response.status).toBe(status);
    const { error } = OperateProblem.parse(await response.json());
    expect(error.reason).toMatch(/^[a-z_]+$/u);
    expect(lines).toHaveLength(1);
    expect(lines.join()).toContain('operate.refused');
    expect(lines.join()).not.toMatch(/erase-all|constructor|guess|token of/u);
  });

  test('with the path of the field that is wrong, and without its value', async () => {
    const body = JSON.stringify({ marks: [{ subject: 'reservation', id: 7_041 }] });
    const response = await setUp().answer(post('mark', body));
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      error: { reason: 'request_invalid', detail: 'marks.0.id: invalid_type' },
    });
    expect(text).not.toContain('7041');
  });
});

describe('the operator’s edge answers', () => {
  const issued = { token: 'a token of the vendor', expiresAt: '2026-11-22T09:00:00.000Z' };

  test.each([TOKEN, RETIRED])(
    'with each of its tokens, in the contract’s form, logged without content',
    async token => {
      const { answer, lines } = setUp({ token: () => Promise.resolve(ok({ ...issued, clientSecret: 'never' })) });
      const response = await answer(post('token', '{}', { ...authorised, authorization: `bearer ${token}` }));
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toEqual(issued);
      expect(lines.map(line => JSON.parse(line) as unknown)).toEqual([
        { severity: 'INFO', deployable: 'test', event: 'operate.answered', call: 'token', outcome: 'done' },
      ]);
    },
  );

  test('with the defaults of the contract filled in', async () => {
    const asked: unknown[] = [];
    const startJobs: OperateHandlers['start-jobs'] = order => {
      asked.push(order);
      return Promise.resolve(ok({ jobs: [] }));
    };
    await setUp({ 'start-jobs': startJobs }).answer(post('start-jobs', '{"purpose":"backfill"}'));
    expect(asked).toEqual([{ purpose: 'backfill', dryRun: false }]);
  });

  test.each([
    ['unavailable', 503, '5'],
    ['refused', 409, null],
    ['unknown', 404, null],
  ] as const)('what its handlers call %s by %i', async (kind, status, retryAfter) => {
    const failure = { kind, reason: 'the_reason', detail: 'one sentence' };
    const { answer, lines } = setUp({ 'cancel-job': () => Promise.resolve(err(failure)) });
    const response = await answer(post('cancel-job', cancel));
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(retryAfter);
    expect(await response.json()).toEqual({ error: { reason: 'the_reason', detail: 'one sentence' } });
    expect(lines.join()).toContain('the_reason');
  });

  test('nothing of an answer in another form', async () => {
    const token = () => Promise.resolve(ok({ token: 'a token of the vendor', expiresAt: 'tomorrow' }));
    const response = await setUp({ token }).answer(post('token', '{}'));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('a token of the vendor');
  });
});

test('only paths below /operate/ are the operator’s', async () => {
  const route = routeOperate(
    () => Promise.resolve(new Response('operator')),
    () => Promise.resolve(new Response('others')),
  );
  const paths = ['/operate/state', '/operate/', '/operate', '/operated', '/webhooks/guesty', '/healthz'];
  const answers = await Promise.all(
    paths.map(async path => (await route(new Request(`https://guesty.example.com${path}`))).text()),
  );
  expect(answers).toEqual(['operator', 'operator', 'others', 'others', 'others', 'others']);
});
