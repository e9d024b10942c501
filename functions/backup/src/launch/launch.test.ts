import { describe, expect, test } from 'vitest';
import { sweep } from '../sweep/sweep.ts';
import { backupRig } from '../testing/backup-rig.ts';
import type { CloudFault } from '../testing/in-memory-servers.ts';
import { readInstructions } from '../testing/scripted-runner.ts';
import { LaunchRequest, launch } from './launch.ts';
import { isTokenOf } from './one-time-token.ts';

const SCHEDULE = { kind: 'schedule' } as const;
const RUN = '2026-11-21';
const MINUTE_MS = 60_000;

/** A fault that strikes the first so many times. */
function times(count: number, isIt: (...point: Parameters<CloudFault>) => boolean): CloudFault {
  let left = count;
  return point => {
    if (left === 0 || !isIt(point)) return undefined;
    left -= 1;
    return { kind: 'unavailable', detail: 'no answer within 15 s' };
  };
}

describe('what may be posted', () => {
  test.each([
    [{}, { kind: 'schedule' }],
    [{ reason: ' before the move ' }, { kind: 'manual', reason: 'before the move', acceptSmaller: false }],
    [
      { reason: 'archived the old files', acceptSmaller: true },
      { kind: 'manual', reason: 'archived the old files', acceptSmaller: true },
    ],
  ])('%j', (body, expected) => {
    expect(LaunchRequest.parse(body)).toEqual(expected);
  });

  test.each([
    [{ reason: '' }],
    [{ reason: 7 }],
    [{ acceptSmaller: true }],
    [{ force: true }],
    [{ reason: 'x'.repeat(301) }],
  ])('not %j', body => {
    expect(LaunchRequest.safeParse(body).success).toBe(false);
  });
});

describe('launching', () => {
  test('orders one server with the name, labels and token of its run', async () => {
    const rig = backupRig();
    await launch(rig, SCHEDULE);
    const run = await rig.runOf(RUN);
    const [model] = rig.servers.history;
    expect(model?.server).toMatchObject({
      name: 'backup-2026-11-21',
      runId: RUN,
      type: 'cx23',
      location: 'nbg1',
      expires: new Date(run.runDeadline),
    });
    const instructions = readInstructions(model?.userData ?? '');
    expect(instructions).toMatchObject({ runId: RUN, exchangeUrl: 'https://exchange.example.com' });
    expect(isTokenOf(run.credential.tokenHash, instructions.token)).toBe(true);
    expect(JSON.stringify([run, rig.logged])).not.toContain(instructions.token);
  });

  test('two at the same moment make one run and one server', async () => {
    const rig = backupRig();
    const replies = await Promise.all([launch(rig, SCHEDULE), launch(rig, SCHEDULE), launch(rig, SCHEDULE)]);
    expect(replies.filter(reply => reply.ok && reply.value.started)).toHaveLength(1);
    expect(replies.every(reply => reply.ok && reply.value.runId === RUN)).toBe(true);
    expect(rig.servers.history).toHaveLength(1);
  });

  test('by hand, with a reason, it is a run of its own, but never beside another one', async () => {
    const rig = backupRig();
    const order = { kind: 'manual', reason: 'before the move', acceptSmaller: true } as const;
    expect(await launch(rig, order)).toMatchObject({ value: { runId: `${RUN}-manual-1`, started: true } });
    expect(await launch(rig, order)).toMatchObject({ value: { runId: `${RUN}-manual-1`, started: false } });
    expect(await launch(rig, SCHEDULE)).toMatchObject({ value: { runId: `${RUN}-manual-1`, started: false } });
    expect(rig.servers.history).toHaveLength(1);
  });

  test('takes the next place where there is no server to be had', async () => {
    const rig = backupRig();
    rig.servers.setExhausted(['cx23@nbg1', 'cx23@hel1']);
    await launch(rig, SCHEDULE);
    expect((await rig.runOf(RUN)).server).toMatchObject({ type: 'cpx22', location: 'fsn1' });
  });

  test('waits where there is none anywhere, says so, and gives up by name after three hours', async () => {
    const rig = backupRig();
    rig.servers.setExhausted(['cx23@nbg1', 'cx23@hel1', 'cpx22@fsn1']);
    expect(await launch(rig, SCHEDULE)).toMatchObject({ value: { state: 'planned', started: true } });
    expect(rig.alertKinds()).toEqual(['launch_waiting']);
    for (let minute = 0; minute < 180; minute += 5) {
      rig.pass(5 * MINUTE_MS);
      await sweep(rig);
    }
    expect(await rig.runOf(RUN)).toMatchObject({
      state: 'failed',
      failure: { reason: 'no_capacity', during: 'planned' },
    });
    expect(rig.servers.history).toEqual([]);
  });

  test('goes on as soon as there is one again', async () => {
    const rig = backupRig();
    rig.servers.setExhausted(['cx23@nbg1', 'cx23@hel1', 'cpx22@fsn1']);
    await launch(rig, SCHEDULE);
    rig.servers.setExhausted([]);
    rig.pass(5 * MINUTE_MS);
    await sweep(rig);
    expect(await rig.runOf(RUN)).toMatchObject({ state: 'booting', creation: { attempts: 2 } });
  });

  test('a server whose order was never answered is adopted', async () => {
    const rig = backupRig({
      cloud: { fault: times(1, ({ operation, phase }) => operation === 'create' && phase === 'after') },
    });
    expect(await launch(rig, SCHEDULE)).toMatchObject({ value: { state: 'booting' } });
    expect(rig.servers.history).toHaveLength(1);
  });

  test('also when nobody could look for it at once, by whoever comes next, with the same token', async () => {
    const isLost: Parameters<typeof times>[1] = ({ operation, phase }) =>
      (operation === 'create' && phase === 'after') || (operation === 'list' && phase === 'before');
    const rig = backupRig({ cloud: { fault: times(2, isLost) } });
    expect(await launch(rig, SCHEDULE)).toMatchObject({ value: { state: 'planned' } });
    rig.pass(5 * MINUTE_MS);
    await sweep(rig);
    const run = await rig.runOf(RUN);
    expect(run.state).toBe('booting');
    expect(rig.servers.history).toHaveLength(1);
    const { token } = readInstructions(rig.servers.history[0]?.userData ?? '');
    expect(isTokenOf(run.credential.tokenHash, token)).toBe(true);
  });

  test('a name that somebody else’s server has is not taken for ours', async () => {
    const rig = backupRig();
    rig.servers.add({ name: 'backup-2026-11-21' });
    await launch(rig, SCHEDULE);
    expect(await rig.runOf(RUN)).toMatchObject({ state: 'failed', failure: { reason: 'hetzner_refused' } });
  });

  test.each([
    ['denied', 'hetzner_denied'],
    ['quota_exceeded', 'hetzner_quota_exceeded'],
    ['refused', 'hetzner_refused'],
  ] as const)('an order that is %s fails the run by that name, and no server is left', async (kind, reason) => {
    const fault: CloudFault = ({ operation, phase }) =>
      operation === 'create' && phase === 'before' ? { kind, detail: 'as the API says' } : undefined;
    const rig = backupRig({ cloud: { fault } });
    expect(await launch(rig, SCHEDULE)).toMatchObject({ value: { state: 'failed' } });
    expect(await rig.runOf(RUN)).toMatchObject({ failure: { reason } });
    expect(rig.telling.ended).toHaveLength(1);
  });

  test('a snapshot with an old runner is refused, and that is an alert of its own', async () => {
    const rig = backupRig({ settings: { runnerVersionMin: '0.2.0' } });
    await launch(rig, SCHEDULE);
    expect(await rig.runOf(RUN)).toMatchObject({ failure: { reason: 'runner_outdated' } });
    expect(rig.telling.alerts[0]?.alert).toEqual({ kind: 'runner_outdated', version: '0.1.0' });
  });

  test('who dies while ordering is followed by the sweep, once its lease is over', async () => {
    const fault: CloudFault = ({ operation, phase }) =>
      operation === 'create' && phase === 'after' ? new Promise<never>(() => {}) : undefined;
    const created = Promise.withResolvers<void>();
    const rig = backupRig({ cloud: { fault, onCreated: () => created.resolve() } });
    void launch(rig, SCHEDULE);
    await created.promise;
    await sweep(rig);
    expect(await rig.runOf(RUN)).toMatchObject({ state: 'creating', creation: { attempts: 1 } });
    rig.pass(4 * MINUTE_MS);
    await sweep(rig);
    expect(await rig.runOf(RUN)).toMatchObject({ state: 'booting', creation: { attempts: 2 } });
    expect(rig.servers.history).toHaveLength(1);
  });
});
