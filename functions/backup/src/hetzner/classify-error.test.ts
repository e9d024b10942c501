import { describe, expect, it } from 'vitest';
import type { CloudError } from '../ports.ts';
import { classifyAction, classifyError, errorCodeOf, knownErrorCodes } from './classify-error.ts';

const NOW = new Date('2026-11-21T02:30:00Z');
const reply = (status: number, json?: unknown, rateLimitReset?: number) => ({ status, json, rateLimitReset });
const refusal = (code: string) => ({ error: { code, message: 'as the API says it', details: {} } });

/** Every code, with the status it comes with. */
const CODES: Readonly<Record<string, readonly [status: number, kind: CloudError['kind']]>> = {
  resource_unavailable: [412, 'no_capacity'],
  placement_error: [422, 'no_capacity'],
  uniqueness_error: [409, 'name_taken'],
  resource_limit_exceeded: [403, 'quota_exceeded'],
  unauthorized: [401, 'denied'],
  forbidden: [403, 'denied'],
  token_readonly: [403, 'denied'],
  protected: [423, 'protected'],
  locked: [423, 'unavailable'],
  conflict: [409, 'unavailable'],
  rate_limit_exceeded: [429, 'unavailable'],
  maintenance: [503, 'unavailable'],
  service_error: [500, 'unavailable'],
  server_error: [500, 'unavailable'],
  bad_gateway: [502, 'unavailable'],
  timeout: [504, 'unavailable'],
  unknown_error: [500, 'unavailable'],
  action_failed: [500, 'unavailable'],
  invalid_input: [422, 'refused'],
  invalid_server_type: [422, 'refused'],
  json_error: [400, 'refused'],
  not_found: [404, 'refused'],
  deprecated_api_endpoint: [410, 'refused'],
};

describe('the API’s codes', () => {
  it('are all decided', () => {
    expect(knownErrorCodes.toSorted()).toEqual(Object.keys(CODES).toSorted());
  });

  it.each(Object.entries(CODES))('%s (%j)', (code, [status, kind]) => {
    expect(classifyError('POST /servers', reply(status, refusal(code)), NOW)).toEqual({
      kind,
      detail: `POST /servers: ${status} ${code}`,
    });
  });

  it('decide before the status does', () => {
    expect(classifyError('x', reply(403, refusal('resource_limit_exceeded')), NOW).kind).toBe('quota_exceeded');
    expect(classifyError('x', reply(500, refusal('resource_unavailable')), NOW).kind).toBe('no_capacity');
  });
});

describe('answers without a code that is known', () => {
  it.each<[number, CloudError['kind']]>([
    [301, 'refused'],
    [400, 'refused'],
    [401, 'denied'],
    [403, 'denied'],
    [404, 'refused'],
    [408, 'unavailable'],
    [410, 'refused'],
    [423, 'unavailable'],
    [429, 'unavailable'],
    [500, 'unavailable'],
    [502, 'unavailable'],
    [504, 'unavailable'],
    [599, 'unavailable'],
  ])('%i is %s', (status, kind) => {
    expect(classifyError('x', reply(status), NOW)).toEqual({ kind, detail: `x: ${status}` });
    expect(classifyError('x', reply(status, refusal('brand_new')), NOW)).toEqual({
      kind,
      detail: `x: ${status} brand_new`,
    });
  });

  it('are not trusted to be short or of a shape', () => {
    const long = classifyError('x', reply(400, refusal('a'.repeat(5000))), NOW);
    expect(long.detail.length).toBeLessThan(100);
    for (const json of [null, [], 'text', { error: 'text' }, { error: { code: 7 } }]) {
      expect(errorCodeOf(reply(400, json))).toBeUndefined();
    }
  });
});

describe('a used-up rate limit', () => {
  const seconds = NOW.getTime() / 1000;

  it('says how long to wait, by the reset the API names', () => {
    expect(classifyError('x', reply(429, refusal('rate_limit_exceeded'), seconds + 90), NOW)).toMatchObject({
      kind: 'unavailable',
      retryAfterMs: 90_000,
    });
    expect(classifyError('x', reply(429, undefined, seconds + 90), NOW)).toMatchObject({ retryAfterMs: 90_000 });
  });

  it('never waits for the past, nor because of another failure', () => {
    expect(classifyError('x', reply(429, undefined, seconds - 5), NOW)).toMatchObject({ retryAfterMs: 0 });
    expect(classifyError('x', reply(503, refusal('maintenance'), seconds + 90), NOW)).not.toHaveProperty(
      'retryAfterMs',
    );
  });
});

it('takes a failed action by its code, and for a trouble of the backend without one', () => {
  expect(classifyAction('create_server', 'resource_unavailable').kind).toBe('no_capacity');
  expect(classifyAction('create_server', 'invalid_server_type').kind).toBe('refused');
  expect(classifyAction('start_server', 'action_failed').kind).toBe('unavailable');
  expect(classifyAction('start_server', undefined)).toEqual({
    kind: 'unavailable',
    detail: 'action start_server: failed without a reason',
  });
});
