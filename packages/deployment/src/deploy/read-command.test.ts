import { describe, expect, it } from 'vitest';
import { readCommand } from './read-command.ts';

const sentenceOf = (...words: string[]): string | undefined => {
  const read = readCommand(words);
  return read.ok ? undefined : read.error.sentence;
};

describe('readCommand', () => {
  it('deploys everything by default', () => {
    expect(readCommand(['--env', 'prod'])).toEqual({
      ok: true,
      value: {
        kind: 'deploy',
        environment: 'prod',
        stages: ['terraform', 'ansible', 'functions', 'workers', 'verify'],
        dryRun: false,
        yes: false,
        json: false,
        outcomeFile: undefined,
      },
    });
  });

  it('looks at what it deploys alone, and keeps the order', () => {
    expect(readCommand(['--env', 'dev', '--only', 'workers, functions'])).toMatchObject({
      value: { stages: ['functions', 'workers', 'verify'] },
    });
  });

  it('says what is wrong', () => {
    expect(sentenceOf()).toBe('No environment was named. Say --env dev, --env staging, or --env prod.');
    expect(sentenceOf('--env', 'production')).toMatch(/^There is no environment "production"\./u);
    expect(sentenceOf('--env', 'dev', '--only', 'wokers')).toBe(
      'There is no stage "wokers": there are terraform, ansible, functions, workers, verify.',
    );
    expect(sentenceOf('--env', 'dev', '--force')).toMatch(/--force/u);
    expect(sentenceOf('everything', '--env', 'dev')).toBe('"everything" is no part of this command.');
  });

  it('reads the command for Workers’ configuration', () => {
    expect(readCommand(['worker-configuration', '--env', 'dev', '--outputs', 'o.json', '--write'])).toEqual({
      ok: true,
      value: { kind: 'worker-configuration', environment: 'dev', outputsFile: 'o.json', write: true },
    });
  });
});
