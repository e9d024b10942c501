import { type LogBook, openLogBook } from '@innkeeper/local-stack/google/log-entries';
import { LOG_WRITING_SCOPE } from '@innkeeper/shared/adapters/google-auth/google-scope';
import { ok } from '@innkeeper/shared/result/result';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundFacts, FACTS_BYTES_MAX, TEXT_BYTES_MAX } from './bound-facts.ts';
import { boundForeignText, boundText } from './bound-text.ts';
import { cloudLogging } from './cloud-logging.ts';
import { describeEvents } from './describe-events.ts';
import { toldInvocation } from './testing/told-invocation.ts';

const bytes = (text: string): number => Buffer.byteLength(text);

describe('a text', () => {
  it('that is short enough stays as it is', () => {
    expect(boundText('gäste', 6)).toBe('gäste');
  });

  it('that is too long is cut between characters and says what is missing', () => {
    expect(boundText('gäste', 2)).toBe('g… (4 more characters)');
    expect(boundText('😀😀', 7)).toBe('😀… (2 more characters)');
  });

  it('of any kind is well-formed and within its bound', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.integer({ min: 1, max: 300 }), (text, max) => {
        const bounded = boundText(text, max);
        expect(bounded.isWellFormed()).toBe(true);
        expect(bytes(bounded)).toBeLessThanOrEqual(max + bytes('… (400 more characters)'));
      }),
    );
  });

  it('has no query of any address in it', () => {
    const secret = fc.stringMatching(/^[a-z]{12}$/u);
    fc.assert(
      fc.property(fc.webUrl(), secret, fc.constantFrom('?key=', '?', '#', '?a=b&c='), (url, word, mark) => {
        const address = `${url.split(/[?#]/u)[0]}${mark}${word}`;
        expect(boundText(`asked ${address}, was refused`, 1_000)).not.toContain(word);
        expect(boundText(`{"asked":"${address}"}`, 1_000)).not.toContain(word);
      }),
    );
  });

  it('of a request for a path has no query either', () => {
    expect(boundText('GET /webhooks/guesty?token=hush: and/or? "/a#b"', 1_000)).toBe(
      'GET /webhooks/guesty?… and/or? "/a?…"',
    );
  });

  it('of a stranger is redacted, and objects in it are not shown', () => {
    const parts = ['card 4111 1111 1111 1111', { name: 'Ada' }, 'ada@example.com', 4, true, null];
    expect(boundForeignText(parts, 1_000)).toBe('card [card number] [object] [e-mail] 4 true [object]');
    expect(boundForeignText(['x'.repeat(50_000)], 10)).toBe(
      'xxxxxxxxxx… (19990 more characters) (and 30000 characters that were not looked at)',
    );
  });
});

describe('facts', () => {
  it('are cut, and those there is no room for are counted', () => {
    const fields = Array.from({ length: 12 }, (_, index) => [`field${index}`, 'x'.repeat(3_000)] as const);
    const facts = boundFacts({ event: 'a.b' }, fields);
    expect(facts['field0']).toBe(`${'x'.repeat(TEXT_BYTES_MAX)}… (2000 more characters)`);
    expect(Object.keys(facts)).toHaveLength(9);
    expect(facts['fieldsCut']).toBe(5);
    expect(bytes(JSON.stringify(facts))).toBeLessThanOrEqual(FACTS_BYTES_MAX + 30);
  });

  it('cannot take the place of the first ones, and have names', () => {
    const fields = [['event', 'c.d'] as const, ['', 1] as const, ['of an object', undefined] as const];
    expect(boundFacts({ event: 'a.b' }, fields)).toEqual({ event: 'a.b', fieldsCut: 3 });
  });
});

describe('whatever a Worker says', () => {
  const grant = { principal: 'principal:log-forwarder', scope: LOG_WRITING_SCOPE, expiresAtMs: Number.MAX_VALUE };
  const book: LogBook = openLogBook({
    tokens: { issue: () => '', find: () => grant, close: () => undefined },
    now: () => Date.UTC(2026, 10, 22, 7),
  });
  const logging = cloudLogging({
    baseUrl: 'https://logging.example/v2',
    project: 'inn',
    environment: 'tests',
    tokens: { token: () => Promise.resolve(ok('token')) },
    fetch: async (input, init) => {
      const headers = { authorization: 'Bearer token' };
      const body = Buffer.from(init.body as string);
      const { status, body: reply } = book.write({ method: 'POST', url: new URL(input), headers, body });
      return Response.json(reply, { status });
    },
    sleep: () => Promise.resolve(),
  });

  const line = fc.oneof(
    fc
      .jsonValue()
      .map(fields => JSON.stringify({ severity: 'ERROR', deployable: 'w', event: 'a.b', ...Object(fields) })),
    fc.string({ unit: 'binary', maxLength: 3_000 }),
    fc.jsonValue(),
  );
  const logs = fc.array(
    fc.record({
      timestamp: fc.integer({ min: 0, max: Date.UTC(2026, 10, 22, 8) }),
      level: fc.constantFrom('log', 'warn', 'error', 'debug'),
      message: fc.array(line, { maxLength: 4 }),
    }),
    { maxLength: 130 },
  );

  it('makes entries that Cloud Logging takes, within all bounds', async () => {
    await fc.assert(
      fc.asyncProperty(logs, async told => {
        const entries = await describeEvents([toldInvocation({ logs: told })], { environment: 'tests', now: () => 0 });
        expect(entries.length).toBeLessThanOrEqual(100);
        for (const { payload } of entries) expect(bytes(JSON.stringify(payload))).toBeLessThan(FACTS_BYTES_MAX + 100);
        fc.pre(entries.length > 0);
        expect(await logging.write(entries)).toEqual(ok(undefined));
      }),
      { numRuns: 60 },
    );
  });
});
