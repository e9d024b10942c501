import { eventually } from '@innkeeper/local-stack/testing/eventually';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PROJECT, startForwarder } from './start-forwarder.ts';

let forwarder: Awaited<ReturnType<typeof startForwarder>>;
/** Entries of tests before. */
let before = 0;
beforeAll(async () => {
  forwarder = await startForwarder();
});
afterAll(() => forwarder.close());
beforeEach(async () => {
  forwarder.setFaults({});
  before = (await forwarder.entries()).length;
});

const newEntries = async (count: number) => {
  const all = await eventually(
    () => forwarder.entries(),
    entries => entries.length >= before + count,
  );
  return all.slice(before);
};

describe('the forwarder, told of a Worker', () => {
  test('writes its warnings and errors, one entry each, and nothing that is only information', async () => {
    await forwarder.ask('/mixed?guest=Ada');
    const entries = await newEntries(2);
    expect(entries).toEqual([
      {
        logName: `projects/${PROJECT}/logs/workers`,
        resource: { type: 'global', labels: { project_id: PROJECT } },
        labels: { environment: 'tests', worker: 'producer' },
        severity: 'WARNING',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u) as string,
        insertId: expect.stringMatching(/^[0-9a-f]{32}-00000$/u) as string,
        jsonPayload: {
          deployable: 'producer',
          event: 'booking.late',
          id: 'b-1',
          minutes: 12,
          url: 'https://vendor.example/list?…',
        },
      },
      expect.objectContaining({
        severity: 'ERROR',
        insertId: entries[0]?.insertId.replace('-00000', '-00001'),
        jsonPayload: { deployable: 'producer', event: 'booking.lost', id: 'b-1' },
      }),
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/Ada|hush|x-guest/u);
  });

  test('writes where an exception broke out, without its words', async () => {
    const response = await forwarder.ask('/throw');
    expect(response.status).toBe(500);
    const [entry] = await newEntries(1);
    expect(entry).toMatchObject({
      severity: 'ERROR',
      jsonPayload: {
        event: 'invocation.failed',
        reason: 'exception',
        trigger: 'fetch',
        exception: 'TypeError',
        at: expect.stringMatching(/readName \([\w.-]+:\d+:\d+\)$/u) as string,
      },
    });
    expect(JSON.stringify(entry)).not.toContain('undefined');
  });

  test('hears of exceptions after the answer and of those in crons', async () => {
    await forwarder.ask('/later');
    await expect(forwarder.runCron()).rejects.toThrow('ended with exception');
    const entries = await newEntries(2);
    expect(entries.map(({ jsonPayload }) => [jsonPayload?.['trigger'], jsonPayload?.['exception']])).toEqual([
      ['fetch', 'RangeError'],
      ['cron 17 2 * * *', 'SyntaxError'],
    ]);
  });

  test('hears of what a Durable Object says', async () => {
    await forwarder.ask('/object');
    expect(await newEntries(1)).toMatchObject([
      { severity: 'ERROR', jsonPayload: { deployable: 'producer', event: 'room.full', guests: 3 } },
    ]);
  });

  test('writes words that are not in the form of our log as text, redacted, by their level', async () => {
    await forwarder.ask('/foreign');
    const entries = await newEntries(2);
    expect(entries.map(({ severity, textPayload }) => [severity, textPayload])).toEqual([
      ['WARNING', 'deprecated 7 [object] call [phone number]'],
      ['ERROR', 'TypeError'],
    ]);
  });

  test('writes a hundred of three hundred lines, errors first, and says how many are missing', async () => {
    await forwarder.ask('/many');
    const entries = await newEntries(100);
    expect(entries).toHaveLength(100);
    expect(entries.at(-2)?.jsonPayload).toEqual({ deployable: 'producer', event: 'booking.lost', index: 300 });
    expect(entries.at(-1)).toMatchObject({
      severity: 'WARNING',
      jsonPayload: { deployable: 'log-forwarder', event: 'entries.cut', entries: 202, errors: 0 },
    });
  });
});

describe('when Cloud Logging does not take it', () => {
  /** Since the test began. */
  let linesBefore = 0;
  beforeEach(() => {
    linesBefore = forwarder.consoleLines.length;
  });
  const ownFailures = () =>
    forwarder.consoleLines.slice(linesBefore).filter(line => line.includes('"deployable":"log-forwarder"'));

  test('tries once more', async () => {
    forwarder.setFaults({ pathPrefix: '/v2/', status: 503, times: 1 });
    await forwarder.ask('/object');
    expect(await newEntries(1)).toHaveLength(1);
    expect(ownFailures()).toEqual([]);
  });

  test('an entry whose answers are lost is there once, though it was written twice', async () => {
    forwarder.setFaults({ pathPrefix: '/v2/', status: 503, carriedOut: true, times: 2 });
    await forwarder.ask('/object');
    const [line] = await eventually(ownFailures, lines => lines.length > 0);
    expect(line).toContain('"kind":"unavailable","detail":"503"');
    expect(await newEntries(1)).toHaveLength(1);
  });

  test('a token that it refuses is replaced', async () => {
    forwarder.setFaults({ pathPrefix: '/v2/', status: 401, times: 1 });
    await forwarder.ask('/object');
    expect(await newEntries(1)).toHaveLength(1);
    expect(ownFailures()).toEqual([]);
  });

  test('says in its own log what was lost, and goes on with the next', async () => {
    forwarder.setFaults({ pathPrefix: '/v2/', status: 403, body: { error: { status: 'PERMISSION_DENIED' } } });
    await forwarder.ask('/mixed');
    const [line] = await eventually(ownFailures, lines => lines.length > 0);
    expect(JSON.parse(line ?? '')).toEqual({
      severity: 'ERROR',
      deployable: 'log-forwarder',
      event: 'entries.not_written',
      kind: 'denied',
      detail: '403 PERMISSION_DENIED',
      entries: 2,
      workers: 'producer',
    });
    forwarder.setFaults({});
    await forwarder.ask('/object');
    expect(await newEntries(1)).toMatchObject([{ jsonPayload: { event: 'room.full' } }]);
  });

  test('can be asked whether an entry would be taken, and writes none for it', async () => {
    const response = await fetch(forwarder.healthUrl);
    expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
    expect(await forwarder.entries()).toHaveLength(before);
  });
});
