import { createLog } from '@innkeeper/shared/log/log';
import { describe, expect, it } from 'vitest';
import { describeEvents } from './describe-events.ts';
import { toldException, toldInvocation, toldLine } from './testing/told-invocation.ts';

const NOW = Date.UTC(2026, 10, 22, 7);
const entriesOf = (...events: unknown[]) => describeEvents(events, { environment: 'staging', now: () => NOW });
const payloadsOf = async (...events: unknown[]) => (await entriesOf(...events)).map(({ payload }) => payload);

const lines: ReturnType<typeof toldLine>[] = [];
const log = createLog('guesty-webhook', line => lines.push(toldLine(line)));
const saying = (say: () => void) => {
  lines.length = 0;
  say();
  return toldInvocation({ logs: [...lines] });
};

describe('the entries of an invocation', () => {
  it('are none for one that ended well and said nothing but information', async () => {
    expect(await entriesOf(saying(() => log.info('delivery.settled')))).toEqual([]);
  });

  it('are its warnings and errors, with their own facts, time and Worker', async () => {
    const told = saying(() => {
      log.warn('delivery.retried', { attempts: 3 });
      log.error('delivery.parked', { reason: 'facts_insufficient' });
    });
    expect(await entriesOf(told)).toMatchObject([
      {
        severity: 'WARNING',
        worker: 'guesty-webhook',
        atMs: Date.UTC(2026, 10, 22, 6, 0, 1),
        payload: { deployable: 'guesty-webhook', event: 'delivery.retried', attempts: 3 },
      },
      { severity: 'ERROR', payload: { event: 'delivery.parked', reason: 'facts_insufficient' } },
    ]);
  });

  it.each([
    ['ok', undefined],
    ['canceled', undefined],
    ['responseStreamDisconnected', undefined],
    ['exception', 'ERROR'],
    ['exceededCpu', 'ERROR'],
    ['exceededMemory', 'ERROR'],
    ['scriptNotFound', 'ERROR'],
    ['loadShed', 'ERROR'],
    ['unknown', 'ERROR'],
  ])('tell of the outcome %s: %s', async (outcome, severity) => {
    const entries = await entriesOf(toldInvocation({ outcome }));
    expect(entries.map(entry => [entry.severity, entry.payload])).toEqual(
      severity === undefined
        ? []
        : [[severity, { deployable: 'guesty-webhook', event: 'invocation.failed', reason: outcome, trigger: 'fetch' }]],
    );
  });

  it('name kind and place of an exception, once for each invocation, and not its words', async () => {
    const told = toldInvocation({ outcome: 'exception', exceptions: [toldException(), toldException('RangeError')] });
    expect(await payloadsOf(told)).toEqual([
      {
        deployable: 'guesty-webhook',
        event: 'invocation.failed',
        reason: 'exception',
        trigger: 'fetch',
        exception: 'TypeError',
        at: 'readBooking (index.js:7:28)',
        exceptions: 2,
      },
    ]);
  });

  it('have the words of a configuration that is not complete: they name variables and no values', async () => {
    const told = toldInvocation({ exceptions: [toldException('ConfigError', 'GUESTY_CLIENT_ID: missing')] });
    expect(await payloadsOf(told)).toMatchObject([{ reason: 'exception', detail: 'GUESTY_CLIENT_ID: missing' }]);
  });

  it('only warn where the caller went away in the middle of it', async () => {
    const told = toldInvocation({ outcome: 'canceled', exceptions: [toldException('AbortError')] });
    expect(await entriesOf(told)).toMatchObject([{ severity: 'WARNING', payload: { reason: 'canceled' } }]);
  });

  it.each([
    [{ queue: 'guesty-deliveries', batchSize: 25 }, 'queue guesty-deliveries'],
    [{ cron: '17 2 * * *', scheduledTime: NOW }, 'cron 17 2 * * *'],
    [{ scheduledTime: new Date(NOW) }, 'alarm'],
    [{ rpcMethod: 'issuedToken' }, 'rpc issuedToken'],
    [{ getWebSocketEvent: {} }, 'other'],
    [null, 'other'],
  ])('say what began it: %j', async (event, trigger) => {
    expect(await payloadsOf(toldInvocation({ event, outcome: 'exceededCpu' }))).toMatchObject([{ trigger }]);
  });

  it('say that the platform left lines out', async () => {
    expect(await payloadsOf(toldInvocation({ truncated: true }))).toEqual([
      { deployable: 'guesty-webhook', event: 'lines.truncated' },
    ]);
  });

  it('name the Worker as in prod, and what of it was deployed', async () => {
    const told = {
      scriptName: 'guesty-webhook-staging',
      outcome: 'exceededCpu',
      scriptVersion: { id: 'v-1', tag: 'a1b2' },
    };
    expect(await entriesOf(toldInvocation(told))).toMatchObject([
      { worker: 'guesty-webhook', payload: { deployable: 'guesty-webhook', version: 'a1b2' } },
    ]);
  });

  it('name the class of a Durable Object', async () => {
    const told = toldInvocation({ entrypoint: 'GuestyHydration', outcome: 'exceededMemory' });
    expect(await payloadsOf(told)).toMatchObject([{ entrypoint: 'GuestyHydration' }]);
  });

  it.each([
    ['a warning of a library', toldLine('something is old', 'warn'), 'WARNING', 'something is old'],
    ['JSON that is not of our log', toldLine('{"severity":"ERROR"}', 'error'), 'ERROR', '{"severity":"ERROR"}'],
    ['our line for a name that is none', toldLine('{"severity":"ERROR","deployable":"A b","event":"c.d"}'), undefined],
    ['what a library only mentions', toldLine('nothing to see', 'log'), undefined],
  ])('have %s', async (_what, line, severity, text = '') => {
    const entries = await entriesOf(toldInvocation({ logs: [line] }));
    expect(entries.map(entry => [entry.severity, entry.payload])).toEqual(
      severity === undefined ? [] : [[severity, text]],
    );
  });

  it('have nothing of the request', async () => {
    const told = saying(() => log.error('delivery.parked', { at: 'https://vendor.example/a?key=hush#part' }));
    const text = JSON.stringify(await entriesOf({ ...told, outcome: 'exception', exceptions: [toldException()] }));
    expect(text).not.toMatch(/hush|hooks\.example|POST|quote a guest|somebody/u);
    expect(text).toContain('https://vendor.example/a?…');
  });
});

describe('the ids of entries', () => {
  const told = () =>
    saying(() => {
      log.error('delivery.parked', { eventId: 'e-1' });
      log.error('delivery.parked', { eventId: 'e-1' });
    });

  it('are the same when the same is told again, and follow the order of what happened', async () => {
    const first = (await entriesOf(told())).map(({ id }) => id);
    expect((await entriesOf(told())).map(({ id }) => id)).toEqual(first);
    expect(new Set(first).size).toBe(2);
    expect(first.toSorted()).toEqual(first);
  });

  it('differ for two requests that said the same in the same millisecond', async () => {
    const other = { ...told(), event: { request: { headers: { 'cf-ray': '8e4a1b2c3d4e5f61-FRA' } } } };
    const ids = (await entriesOf(told(), other)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });
});

describe('more than there is room for', () => {
  const many = (warnings: number, errors: number) =>
    saying(() => {
      for (let index = 0; index < warnings; index += 1) log.warn('delivery.retried', { index });
      for (let index = 0; index < errors; index += 1) log.error('delivery.parked', { index });
    });

  it('leaves out warnings before errors, keeps the order, and says how many', async () => {
    const entries = await entriesOf(many(120, 30));
    expect(entries).toHaveLength(100);
    expect(entries.filter(({ severity }) => severity === 'ERROR')).toHaveLength(30);
    expect(entries.at(-1)).toMatchObject({
      severity: 'WARNING',
      worker: 'guesty-webhook',
      payload: { deployable: 'log-forwarder', event: 'entries.cut', entries: 51, errors: 0 },
    });
    const ids = entries.map(({ id }) => id);
    expect(ids.toSorted()).toEqual(ids);
  });

  it('is an error where errors were left out', async () => {
    const entries = await entriesOf(many(0, 100), many(0, 20));
    expect(entries.at(-1)).toMatchObject({ severity: 'ERROR', payload: { entries: 21, errors: 21 } });
  });
});

describe('what is not as documented', () => {
  it('is told, with the field', async () => {
    expect(await entriesOf(toldInvocation({ logs: [{ level: 'log' }] }))).toMatchObject([
      {
        severity: 'ERROR',
        atMs: NOW,
        payload: { deployable: 'log-forwarder', event: 'invocation.not_understood', problem: 'logs.0.timestamp' },
      },
    ]);
  });
});

describe('an invocation of a Tail Worker', () => {
  it('is left out, so that no failure of this one can bring the next', async () => {
    const event = { consumedEvents: [{ scriptName: 'guesty-webhook' }] };
    expect(await entriesOf(toldInvocation({ event, outcome: 'exception', exceptions: [toldException()] }))).toEqual([]);
  });
});
