import type { AccessTokens } from '@innkeeper/shared/ports/access-tokens';
import { err, ok } from '@innkeeper/shared/result/result';
import { answersJson, recordedFetch } from '@innkeeper/shared/testing/recorded-fetch';
import { describe, expect, it } from 'vitest';
import { cloudLogging } from './cloud-logging.ts';
import type { NamedEntry } from './entry.ts';

const ENTRY: NamedEntry = {
  severity: 'ERROR',
  atMs: Date.UTC(2026, 10, 22, 6),
  worker: 'llm-query',
  payload: { deployable: 'llm-query', event: 'question.broke' },
  id: 'a-00000',
};

const taken = answersJson({});
const refusal = (status: number, word: string) => answersJson({ error: { status: word, message: 'hush' } }, status);
const lost = (): Response => {
  throw new TypeError('hush');
};

/** A world in which Google answers one after the other. */
function world(answers: readonly (() => Response)[], tokens?: AccessTokens) {
  const left = [...answers];
  const { requests, fetch } = recordedFetch(() => (left.shift() ?? taken)());
  const refused: (string | undefined)[] = [];
  const pauses: number[] = [];
  const logging = cloudLogging({
    baseUrl: 'https://logging.example/v2',
    project: 'inn',
    environment: 'tests',
    tokens: tokens ?? {
      token: request => {
        refused.push(request?.refused);
        return Promise.resolve(ok(`token-${refused.length}`));
      },
    },
    fetch,
    sleep: ms => {
      pauses.push(ms);
      return Promise.resolve();
    },
  });
  return { logging, requests, refused, pauses };
}

describe('writing entries', () => {
  it('is one request', async () => {
    const { logging, requests } = world([taken]);
    expect(await logging.write([ENTRY, { ...ENTRY, payload: 'words', id: 'a-00001' }])).toEqual(ok(undefined));
    expect(requests).toHaveLength(1);
    expect(requests[0]?.url.href).toBe('https://logging.example/v2/entries:write');
    expect(requests[0]?.init.headers).toMatchObject({ authorization: 'Bearer token-1' });
    expect(JSON.parse(requests[0]?.init.body as string)).toEqual({
      logName: 'projects/inn/logs/workers',
      resource: { type: 'global', labels: { project_id: 'inn' } },
      labels: { environment: 'tests' },
      entries: [
        {
          severity: 'ERROR',
          timestamp: '2026-11-22T06:00:00.000Z',
          insertId: 'a-00000',
          labels: { worker: 'llm-query' },
          jsonPayload: { deployable: 'llm-query', event: 'question.broke' },
        },
        expect.objectContaining({ textPayload: 'words', insertId: 'a-00001' }),
      ],
      partialSuccess: true,
      dryRun: false,
    });
  });

  it.each([
    ['no answer', lost],
    ['too many requests', refusal(429, 'RESOURCE_EXHAUSTED')],
    ['being down', refusal(503, 'UNAVAILABLE')],
  ])('is tried once more after %s, with the same words, a second later', async (_what, first) => {
    const { logging, requests, pauses } = world([first, taken]);
    expect(await logging.write([ENTRY])).toEqual(ok(undefined));
    expect(requests[1]?.init.body).toBe(requests[0]?.init.body);
    expect(pauses).toEqual([1_000]);
  });

  it('is tried once more with another token after 401', async () => {
    const { logging, requests, refused, pauses } = world([refusal(401, 'UNAUTHENTICATED'), taken]);
    expect(await logging.write([ENTRY])).toEqual(ok(undefined));
    expect(refused).toEqual([undefined, 'token-1']);
    expect(requests[1]?.init.headers).toMatchObject({ authorization: 'Bearer token-2' });
    expect(pauses).toEqual([]);
  });

  it.each([
    [[lost, lost], { kind: 'unavailable', detail: 'no answer (unreachable)' }, 2],
    [[refusal(503, 'UNAVAILABLE'), refusal(500, 'INTERNAL')], { kind: 'unavailable', detail: '500 INTERNAL' }, 2],
    [
      [refusal(401, 'UNAUTHENTICATED'), refusal(401, 'UNAUTHENTICATED')],
      { kind: 'denied', detail: '401 UNAUTHENTICATED' },
      2,
    ],
    [[refusal(403, 'PERMISSION_DENIED')], { kind: 'denied', detail: '403 PERMISSION_DENIED' }, 1],
    [[refusal(400, 'INVALID_ARGUMENT')], { kind: 'refused', detail: '400 INVALID_ARGUMENT' }, 1],
    [[() => new Response('<html>hush</html>', { status: 404 })], { kind: 'refused', detail: '404' }, 1],
  ] as const)('ends, with what Google said and not its words: %#', async (answers, failure, calls) => {
    const { logging, requests } = world(answers);
    expect(await logging.write([ENTRY])).toEqual(err(failure));
    expect(requests).toHaveLength(calls);
  });

  it('does not reach Google without a token', async () => {
    const denied = err({ kind: 'denied', detail: 'sts token exchange: 400 invalid_grant' } as const);
    const { logging, requests } = world([], { token: () => Promise.resolve(denied) });
    expect(await logging.write([ENTRY])).toEqual(
      err({ kind: 'denied', detail: 'no token (sts token exchange: 400 invalid_grant)' }),
    );
    expect(requests).toHaveLength(0);
  });
});

describe('asking whether an entry would be taken', () => {
  it('writes nothing and asks once', async () => {
    const { logging, requests } = world([refusal(503, 'UNAVAILABLE')]);
    expect(await logging.probe()).toEqual(err({ kind: 'unavailable', detail: '503 UNAVAILABLE' }));
    expect(requests).toHaveLength(1);
    expect(JSON.parse(requests[0]?.init.body as string)).toMatchObject({ dryRun: true });
  });
});
