import { describe, expect, it } from 'vitest';
import { exampleDeployment } from '../testing/journal-contract.ts';
import { outcomeOf } from './outcome.ts';

const failure = { stage: 'workers', sentence: 'llm-query answered 500.', nextStep: 'Read its log.' } as const;

describe('outcomeOf', () => {
  it('is short where all is well', () => {
    expect(outcomeOf(exampleDeployment({ outcome: 'healthy', warnings: [] }))).toEqual({
      outcome: 'healthy',
      stage: 'verify',
      sentence: 'staging runs aaaaaaaaaaaa.',
      nextStep: 'Nothing.',
      versions: { before: { 'worker/llm-query': 'version-1', 'worker/new': null }, after: {} },
      changed: [],
      warnings: [],
    });
  });

  it('says what failed, what was taken back, and what Terraform left', () => {
    const done = ['terraform: apply'];
    expect(outcomeOf(exampleDeployment({ outcome: 'rolled_back', failure, done }))).toMatchObject({
      stage: 'workers',
      sentence:
        'llm-query answered 500. What had been deployed was taken back; ' +
        'what Terraform applied stays, because nothing takes it back but a new plan.',
      nextStep: 'Read its log.',
    });
  });

  it('names what is mixed', () => {
    const open = ['worker/llm-query', 'worker/new'];
    expect(outcomeOf(exampleDeployment({ outcome: 'rollback_failed', failure, open, warnings: [] }))).toMatchObject({
      sentence: 'llm-query answered 500. Not taken back: worker/llm-query.',
      nextStep: 'Read its log. Then deploy again, which goes on from here, or deploy the last good commit.',
      changed: open,
      warnings: ['worker/new is new and stays; nothing was there before.'],
    });
  });

  it('says that nothing was changed', () => {
    expect(outcomeOf(exampleDeployment({ outcome: 'failed', failure }))).toMatchObject({
      sentence: 'llm-query answered 500. Nothing that serves was changed.',
    });
  });
});
