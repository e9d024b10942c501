import { describe, expect, it } from 'vitest';
import { exampleDeployment } from '../testing/journal-contract.ts';
import { type DeploymentRequest, openDeployment } from './open-deployment.ts';

const NOW = Date.parse('2026-11-22T08:00:00Z');
const request: DeploymentRequest = {
  id: 'second',
  environment: 'staging',
  who: 'grace',
  commit: 'b'.repeat(40),
  stages: ['functions', 'verify'],
  contracts: {},
};
const died = exampleDeployment({ open: ['worker/llm-query'] });

describe('openDeployment', () => {
  it('begins where nobody has deployed, or all was well', () => {
    expect(openDeployment(request, undefined, NOW)).toMatchObject({ ok: true, value: { open: [], before: {} } });
    const previous = exampleDeployment({ outcome: 'healthy', swarmCommit: 'a'.repeat(40) });
    expect(openDeployment(request, previous, NOW)).toMatchObject({
      value: { id: 'second', before: {}, swarmCommit: 'a'.repeat(40), contracts: previous.contracts },
    });
  });

  it('waits for one that lives, to the last moment', () => {
    expect(openDeployment(request, died, Date.parse(died.expiresAt) - 1)).toEqual({
      ok: false,
      error: {
        sentence:
          'ada has been deploying aaaaaaaaaaaa to staging since 2026-11-22T06:00:00.000Z; ' +
          'two deployments at once would undo each other.',
        nextStep:
          'Wait for its end. If it has died, run this again after 2026-11-22T07:00:00.000Z: ' +
          'it then takes over and goes on from there.',
      },
    });
  });

  it('goes on with one that died, and knows what served before that one', () => {
    expect(openDeployment({ ...request, stages: ['workers', 'verify'] }, died, NOW)).toMatchObject({
      value: {
        open: ['worker/llm-query'],
        before: { 'worker/llm-query': 'version-1' },
        done: [],
        direction: 'forward',
      },
    });
  });

  it('leaves nothing half-way', () => {
    expect(openDeployment(request, died, NOW)).toEqual({
      ok: false,
      error: {
        sentence: 'The deployment of 2026-11-22T06:00:00.000Z was not finished and has left worker/llm-query half-way.',
        nextStep: 'Run the deployment without --only: it goes on where that one stopped.',
      },
    });
  });

  it('refuses what deployed code could not read', () => {
    const contracts = { interaction: { writes: 2, reads: [1, 2] } };
    const previous = exampleDeployment({
      outcome: 'healthy',
      contracts: { functions: { interaction: { writes: 1, reads: [1] } } },
    });
    expect(openDeployment({ ...request, stages: ['workers'], contracts }, previous, NOW)).toMatchObject({ ok: false });
    expect(openDeployment({ ...request, contracts }, previous, NOW)).toMatchObject({ ok: true });
  });
});
