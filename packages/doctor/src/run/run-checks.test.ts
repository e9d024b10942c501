import { err, ok } from '@innkeeper/shared/result/result';
import { describe, expect, it } from 'vitest';
import { VENDORS } from '../asking/vendors.ts';
import { well } from '../report/finding.ts';
import { absent, both, onceDeployed, there } from './availability.ts';
import { check } from './check.ts';
import { type Alarm, CHECK_MS_MAX, runChecks } from './run-checks.ts';

const never = new Promise<never>(() => undefined);
const silent: Alarm = () => never;
const immediate: Alarm = () => Promise.resolve();
const asked = VENDORS.cloudflare;
const answering = (id: `queues/${string}`, figure: string) =>
  check({ id, title: id, of: there(undefined), asked, read: async () => ok(figure), judge: well });

describe('runChecks', () => {
  it('gives each check its finding, in order, with its group', async () => {
    const found = await runChecks([answering('queues/a', 'one'), answering('queues/b', 'two')], { alarm: silent });
    expect(found).toMatchObject([
      { id: 'queues/a', group: 'queues', verdict: { kind: 'well', figure: 'one' } },
      { id: 'queues/b', group: 'queues', verdict: { kind: 'well', figure: 'two' } },
    ]);
  });

  it('lets a vendor that is silent be one failed check', async () => {
    const hung = check({
      id: 'queues/hung',
      title: 'hung',
      of: there(undefined),
      asked,
      read: () => never,
      judge: well,
    });
    const limits: number[] = [];
    const alarm: Alarm = ms => {
      limits.push(ms);
      return limits.length === 1 ? Promise.resolve() : never;
    };
    const found = await runChecks([hung, answering('queues/b', 'two')], { alarm });
    expect(found.map(({ verdict }) => verdict.kind)).toEqual(['unwell', 'well']);
    expect(found[0]?.verdict.figure).toBe('no answer within 10 s');
    expect(limits).toEqual([CHECK_MS_MAX, CHECK_MS_MAX]);
  });

  it('ends the alarm of a check that has answered', async () => {
    const ended: boolean[] = [];
    const alarm: Alarm = (_ms, signal) =>
      new Promise(() => signal.addEventListener('abort', () => ended.push(signal.aborted)));
    await runChecks([answering('queues/a', 'one')], { alarm });
    expect(ended).toEqual([true]);
  });

  it('tells of a check that throws by the name of what was thrown alone', async () => {
    const broken = check({
      id: 'queues/broken',
      title: 'broken',
      of: there(undefined),
      asked,
      read: () => Promise.reject(new RangeError('a value with a secret in it')),
      judge: well,
    });
    const [found] = await runChecks([broken], { alarm: silent });
    expect(found?.verdict).toMatchObject({ kind: 'unwell', figure: 'the check itself failed: RangeError' });
  });
});

describe('check', () => {
  it('asks nothing where the port is absent', async () => {
    const [found] = await runChecks(
      [
        check({
          id: 'queues/a',
          title: 'a',
          of: both(there(1), onceDeployed(false, 'workers', absent('never reached'))),
          asked,
          read: () => Promise.reject(new Error('asked')),
          judge: well,
        }),
      ],
      { alarm: immediate },
    );
    expect(found?.verdict).toEqual({
      kind: 'not_asked',
      figure: 'not deployed yet: deployed.workers is false in terraform.tfvars.json',
    });
  });

  it.each([
    ['timeout', 'cloudflarestatus.com'],
    ['unreachable', 'cloudflarestatus.com'],
    ['vendor_failed', 'cloudflarestatus.com'],
    ['unreadable', 'documentation'],
    ['refused', 'CLOUDFLARE_API_TOKEN: export'],
    ['forbidden', 'Give CLOUDFLARE_API_TOKEN the right'],
    ['missing', '--dry-run'],
    ['limited', 'in a minute'],
  ] as const)('turns %s into a sentence and a step', async (kind, step) => {
    const failing = check({
      id: 'queues/a',
      title: 'a',
      of: there(undefined),
      asked,
      read: async () => err({ kind, detail: 'did something' }),
      judge: well,
    });
    expect(await failing.ask()).toMatchObject({
      kind: 'unwell',
      figure: 'Cloudflare did something',
      nextStep: expect.stringContaining(step) as string,
    });
  });
});
