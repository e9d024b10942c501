import { err, ok } from '@innkeeper/shared/result/result';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TerraformOutputs } from '../environment/terraform-outputs.ts';
import type { ProgramRunner } from '../programs/program-runner.ts';
import { exampleDescribed } from '../testing/example-described.ts';
import { swarmTarget } from './swarm-target.ts';

let outputs: TerraformOutputs;
beforeAll(async () => {
  ({ outputs } = await exampleDescribed(`${import.meta.dirname}/../../../..`, 'staging'));
});

describe('swarmTarget', () => {
  it('says what the task said that failed, which Ansible keeps from standard error unless told', async () => {
    const runner: ProgramRunner = {
      run: async ({ environment }) =>
        err({
          kind: 'failed',
          exitCode: 2,
          lastWords: environment?.['ANSIBLE_DISPLAY_FAILED_STDERR'] === '1' ? 'fatal: [node-1]: disk is full' : '',
        }),
    };
    const [step] = swarmTarget({
      environment: 'staging',
      root: '/repository',
      runner,
      commit: 'c'.repeat(40),
      folder: '/tmp/swarm',
      lastGood: async () => ok(undefined),
      outputs: async () => ok(outputs),
      writeText: async () => undefined,
    }).steps;
    expect(await step?.forward({ before: undefined, after: undefined })).toMatchObject({
      error: {
        sentence: 'Playbook deploy-core: ansible-playbook ended with 2. fatal: [node-1]: disk is full',
      },
    });
  });
});
