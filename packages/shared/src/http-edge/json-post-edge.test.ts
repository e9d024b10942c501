import { describe, expect, test } from 'vitest';
import { createLog } from '../log/log.ts';
import { err, ok } from '../result/result.ts';
import { createJsonPostEdge } from './json-post-edge.ts';
import { answerRefusal, type Refusal } from './refusal.ts';

function edge(accept: () => ReturnType<Parameters<typeof createJsonPostEdge>[0]['accept']>) {
  const lines: string[] = [];
  const handle = createJsonPostEdge({
    path: '/questions',
    bodyBytesMax: 64,
    rejectedEvent: 'question.rejected',
    log: createLog('test', line => lines.push(line)),
    accept,
  });
  return { handle, lines };
}

const accepted = () => Promise.resolve(ok(Response.json({ ok: true })));
const url = 'https://edge.example.com/questions';
const json = { 'content-type': 'application/json' };

describe('an edge that takes JSON by POST', () => {
  test.each([
    ['another path', `${url}/more`, { method: 'POST', headers: json, body: '{}' }, 404],
    ['another method', url, { method: 'GET' }, 405],
    ['a form', url, { method: 'POST', body: new URLSearchParams({ a: '1' }) }, 415],
    ['no content type', url, { method: 'POST', body: new Uint8Array([123, 125]) }, 415],
    ['a body over the limit', url, { method: 'POST', headers: json, body: 'x'.repeat(65) }, 413],
  ])('%s is turned away and logged without its content', async (_what, address, init, status) => {
    const { handle, lines } = edge(() => {
      throw new Error('must not get this far');
    });
    const response = await handle(new Request(address, init));
    expect(response.status).toBe(status);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('question.rejected');
  });

  test('a method that is not allowed is told which one is', async () => {
    const response = await edge(accepted).handle(new Request(url, { method: 'DELETE' }));
    expect(response.headers.get('allow')).toBe('POST');
  });

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/cloudevents+json',
  ])('%s counts as JSON', async contentType => {
    const request = new Request(url, { method: 'POST', headers: { 'content-type': contentType }, body: '{}' });
    expect((await edge(accepted).handle(request)).status).toBe(200);
  });

  test('what the use case refuses is answered by a fixed text', async () => {
    const { handle, lines } = edge(() => Promise.resolve(err('unauthorised')));
    const response = await handle(new Request(url, { method: 'POST', headers: json, body: '{"token":"guess"}' }));
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: 'unauthorised' });
    expect(lines.join()).not.toContain('guess');
  });

  test('health is told to whoever asks, and only asked', async () => {
    const { handle } = edge(accepted);
    const healthy = await handle(new Request('https://edge.example.com/healthz'));
    expect([healthy.status, await healthy.json()]).toEqual([200, { ok: true }]);
    const posted = await handle(new Request('https://edge.example.com/healthz', { method: 'POST' }));
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('every refusal has its status', () => {
    const expected: Record<Refusal, number> = {
      path_unknown: 404,
      method_not_allowed: 405,
      content_type_unsupported: 415,
      body_too_large: 413,
      body_timed_out: 408,
      body_cut_short: 400,
      not_json: 400,
      not_an_object: 400,
      nested_too_deep: 400,
      unauthorised: 401,
      not_accepted: 503,
    };
    for (const [reason, status] of Object.entries(expected)) {
      expect(answerRefusal(reason as Refusal).status).toBe(status);
    }
    expect(answerRefusal('not_accepted').headers.get('retry-after')).toBe('30');
  });
});
