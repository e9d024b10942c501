import { BeginReply, RetentionReply } from '@innkeeper/shared/contracts/backup/exchange';
import { REPORT_BYTES_MAX } from '@innkeeper/shared/contracts/backup/report';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { goodReports, progressOf, readInstructions, type ScriptedRunner } from '../src/testing/scripted-runner.ts';
import { type Reply, type ServedFunctions, serveFunctions } from './support/served-functions.ts';

const RUN = '2026-11-21';
const MINUTE_MS = 60_000;

let functions: ServedFunctions;
beforeEach(async () => {
  functions = await serveFunctions();
});
afterEach(() => functions.close());

async function booted(): Promise<ScriptedRunner> {
  expect((await functions.post('launch', '{}')).status).toBe(200);
  return functions.rig.newestRunner();
}

async function working(): Promise<ScriptedRunner> {
  const runner = await booted();
  expect((await functions.say('exchange', runner.begin())).status).toBe(200);
  return runner;
}

describe('a night over HTTP', () => {
  test('from the scheduler to the deleted server', async () => {
    const { rig, post, say } = functions;
    expect(await post('launch', '{}')).toEqual({
      status: 200,
      json: { runId: RUN, state: 'booting', started: true },
    });
    const runner = await rig.newestRunner();
    const begun = await say('exchange', runner.begin());
    expect(BeginReply.parse(begun.json)).toMatchObject({ runId: RUN, types: ['daily'] });
    const granted: Reply[] = [];
    const words = goodReports(['daily']).filter(({ kind }) => kind !== 'progress');
    for (const body of [progressOf('dumping', 10), ...words]) {
      if (body.kind === 'step_finished' && body.outcome.step === 'retaining') {
        granted.push(await say('exchange', await runner.retention()));
      }
      const word = await runner.report(body);
      // Every reply is lost once.
      expect((await say('report', word)).status).toBe(200);
      expect((await say('report', word)).json).toMatchObject({ v: 1, stop: false });
      rig.pass(MINUTE_MS);
      expect(await post('sweep', '{}')).toEqual({ status: 200, json: { undone: [] } });
    }
    expect(granted.map(reply => RetentionReply.safeParse(reply.json).success)).toEqual([true]);
    expect(await rig.runOf(RUN)).toMatchObject({ state: 'done', lastSequence: 7 });
    expect(rig.servers.alive()).toEqual([]);
    expect(rig.servers.history).toHaveLength(1);
    expect(rig.alertKinds()).toEqual([]);
    expect((await post('launch', '{}')).json).toEqual({ runId: RUN, state: 'done', started: false });
    expect(rig.servers.history).toHaveLength(1);
    const secrets = [readInstructions(rig.servers.history[0]?.userData ?? '').token, 'restic-password', 'pw@'];
    for (const secret of secrets) expect(rig.logged.join('\n')).not.toContain(secret);
  });

  test('launches at the same moment start one server', async () => {
    const replies = await Promise.all(Array.from({ length: 6 }, () => functions.post('launch', '{}')));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(replies.filter(({ json }) => (json as { started: boolean }).started)).toHaveLength(1);
    expect(functions.rig.servers.history).toHaveLength(1);
  });

  test('an empty post launches too; with a reason it is a run by hand', async () => {
    const response = await fetch(functions.urlOf('launch'), { method: 'POST' });
    expect(await response.json()).toMatchObject({ runId: RUN, started: true });
    const runner = await functions.rig.newestRunner();
    await functions.say('exchange', runner.begin());
    for (const body of goodReports(['daily'])) await functions.say('report', await runner.report(body));
    expect((await functions.post('launch', '{"reason":"before the move"}')).json).toMatchObject({
      runId: `${RUN}-manual-1`,
      started: true,
    });
  });
});

describe('what no function takes', () => {
  test.each(['launch', 'sweep', 'exchange', 'report'] as const)(
    '%s: another method, another type, broken JSON',
    async target => {
      const got = await fetch(functions.urlOf(target));
      expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
      expect((await functions.post(target, '{}', { 'content-type': 'text/plain' })).status).toBe(415);
      expect((await functions.post(target, '{"v":')).status).toBe(400);
    },
  );

  test.each(['{"force":true}', '{"reason":""}', '{"reason":7}', '[]', '"now"'])('launch: %s', async body => {
    expect((await functions.post('launch', body)).status).toBe(400);
    expect(functions.rig.servers.history).toEqual([]);
  });

  test('bodies above their limits, ten megabytes among them', async () => {
    const tooLarge = (bytes: number): string => JSON.stringify({ v: 1, x: 'x'.repeat(bytes) });
    expect((await functions.post('launch', tooLarge(4 * 1024))).status).toBe(413);
    expect((await functions.post('exchange', tooLarge(8 * 1024))).status).toBe(413);
    expect((await functions.post('report', tooLarge(REPORT_BYTES_MAX))).status).toBe(413);
    expect((await functions.post('report', tooLarge(10 * 1024 * 1024))).status).toBe(413);
  });
});

describe('who is not the server', () => {
  test('at exchange: a guess, another address, no run; the server still gets its secrets', async () => {
    const runner = await booted();
    const { say } = functions;
    expect(await say('exchange', runner.begin({ token: 'A'.repeat(43) }))).toEqual({
      status: 401,
      json: { error: 'wrong_token' },
    });
    expect(await say('exchange', runner.begin(), '198.51.100.9')).toEqual({
      status: 403,
      json: { error: 'wrong_address' },
    });
    const elsewhere = new TextDecoder().decode(runner.begin().body).replace(RUN, '2026-11-20');
    expect(await functions.post('exchange', elsewhere)).toEqual({ status: 404, json: { error: 'unknown_run' } });
    expect((await say('exchange', runner.begin())).status).toBe(200);
    expect(functions.rig.alertKinds()).toEqual(['token_misused', 'token_misused']);
  });

  test('at exchange: the token of yesterday', async () => {
    const runner = await booted();
    functions.rig.pass(13 * MINUTE_MS);
    expect(await functions.say('exchange', runner.begin())).toEqual({ status: 403, json: { error: 'token_expired' } });
  });

  test('at exchange: the token once more, with another key', async () => {
    await working();
    const thief = await functions.rig.newestRunner();
    expect(await functions.say('exchange', thief.begin())).toEqual({ status: 409, json: { error: 'token_used' } });
    expect((await functions.rig.runOf(RUN)).failure?.reason).toBe('token_stolen');
    expect(functions.rig.servers.alive()).toEqual([]);
  });

  test('two keys at the same moment: one is the server’s, the run fails', async () => {
    await booted();
    const both = await Promise.all([functions.rig.newestRunner(), functions.rig.newestRunner()]);
    const replies = await Promise.all(both.map(runner => functions.say('exchange', runner.begin())));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect((await functions.rig.runOf(RUN)).failure?.reason).toBe('token_stolen');
  });

  test('at report: forged, unsigned, signed for exchange; nothing changes', async () => {
    const runner = await working();
    const before = await functions.rig.runOf(RUN);
    const forged = await (await functions.rig.newestRunner()).report(progressOf('dumping', 50));
    const unsigned = { ...(await runner.report(progressOf('dumping', 50))), signature: undefined };
    const foreign = await runner.sign('exchange', { v: 1, runId: RUN, sequence: 1 });
    for (const post of [forged, unsigned, foreign]) {
      expect(await functions.say('report', post)).toEqual({
        status: 401,
        json: { v: 1, error: 'bad_signature', stop: false },
      });
    }
    expect(await functions.rig.runOf(RUN)).toEqual(before);
    expect(functions.rig.alertKinds()).toEqual(['reports_refused']);
  });
});

describe('a server that nobody waits for any more', () => {
  test('is told to stop: of an unknown run, and of one that is over', async () => {
    const runner = await working();
    const unknown = await runner.sign('report', { v: 1, runId: '2020-01-01', sequence: 1 });
    expect(await functions.say('report', unknown)).toEqual({
      status: 404,
      json: { v: 1, error: 'unknown_run', stop: true },
    });
    functions.rig.pass(61 * MINUTE_MS);
    await functions.post('sweep', '{}');
    expect(await functions.say('report', await runner.report(progressOf('dumping', 50)))).toEqual({
      status: 409,
      json: { v: 1, error: 'run_over', stop: true },
    });
    expect(await functions.rig.runOf(RUN)).toMatchObject({ state: 'failed', failure: { reason: 'deadline_passed' } });
  });

  test('is told to stop when it contradicts itself', async () => {
    const runner = await working();
    await functions.say('report', await runner.report(progressOf('dumping', 50)));
    expect(await functions.say('report', await runner.report(progressOf('dumping', 49)))).toEqual({
      status: 422,
      json: { v: 1, error: 'misbehaved', stop: true },
    });
    expect((await functions.rig.runOf(RUN)).failure?.reason).toBe('runner_misbehaved');
    expect(functions.rig.servers.alive()).toEqual([]);
  });
});
