import { join } from 'node:path';
import { ok } from '@innkeeper/shared/result/result';
import { beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '../environment/read-environment.ts';
import { readManifest } from '../functions/manifest.ts';
import type { ProgramRunner } from '../programs/program-runner.ts';
import type { CloudWorld } from '../testing/cloud-world.ts';
import { simulatedAccount, standInRunner } from '../testing/simulated-account.ts';
import { terraformTarget } from './terraform-target.ts';

const ROOT = join(import.meta.dirname, '../../../..');
let world: CloudWorld;
beforeAll(async () => {
  const [values, manifest] = [await readEnvironment(ROOT, 'staging'), await readManifest(ROOT)];
  if (!values.ok || !manifest.ok) throw new Error('this repository cannot be read');
  ({ world } = simulatedAccount(values.value, manifest.value));
});

/** As `packages/terraform-check --plan --json` ends where it has something against a plan. */
const judging = (printed: unknown): ProgramRunner => {
  const others = standInRunner(world, () => '');
  return {
    run: async call =>
      call.program === 'node' ? ok({ exitCode: 1, stdout: JSON.stringify(printed) }) : others.run(call),
  };
};

const targetWith = (runner: ProgramRunner) =>
  terraformTarget({
    environment: 'staging',
    root: ROOT,
    runner,
    folder: '/tmp/plan',
    writeText: async () => undefined,
  });

describe('terraformTarget', () => {
  it('says of a plan that breaks policies which resources, why, and what each policy advises, once', async () => {
    const violation = {
      policy: 'protected',
      resource: 'module.qdrant.cluster',
      declared: { file: 'terraform/modules/qdrant/main.tf', line: 7 },
      what: 'It would be destroyed.',
      why: 'It holds data.',
      next: 'Take the change back.',
    };
    const budget = { policy: 'budget', what: 'There is no budget.', why: 'Nobody would notice.', next: 'Add one.' };
    const second = { ...violation, resource: 'module.firestore.database' };
    const runner = judging({ passed: false, violations: [violation, second, budget], outcomes: [] });
    expect(await targetWith(runner).foresee()).toEqual({
      ok: false,
      error: {
        sentence:
          'The plan of staging breaks the policies: module.qdrant.cluster: It would be destroyed. It holds data. ' +
          'module.firestore.database: It would be destroyed. It holds data. There is no budget. Nobody would notice.',
        nextStep: 'Take the change back. Add one.',
      },
    });
  });

  it('applies nothing on a judgement that it does not understand', async () => {
    expect(await targetWith(judging({ passed: false })).foresee()).toMatchObject({
      error: {
        sentence: 'Policies of staging: node printed JSON of another form than expected (violations).',
      },
    });
  });
});
