import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderCosts, renderSteps, replaceBetween } from './render-guide.ts';
import { STEPS } from './steps.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../../../..');
const MAIN = join(import.meta.dirname, 'main.ts');

describe('a step', () => {
  it('says what to type and how to see that it worked', () => {
    const step = {
      id: 'a',
      title: 'State',
      minutes: 5,
      text: 'A bucket.',
      commands: ['terraform apply'],
      done: 'it is there',
    };
    expect(renderSteps([{ ...step, startsToCost: ['Google', 'Qdrant'] }])).toBe(
      '### 1. State (5 minutes)\n\nA bucket. From here on Google and Qdrant cost money.\n\n```\nterraform apply\n```\n\nDone when: it is there.\n',
    );
  });

  it('of the guide has an id of its own, and every vendor begins to cost in one of them', () => {
    expect(new Set(STEPS.map(({ id }) => id)).size).toBe(STEPS.length);
    expect(STEPS.flatMap(({ startsToCost = [] }) => startsToCost).toSorted()).toEqual([
      'Cloudflare',
      'Google',
      'Groq',
      'Hetzner',
      'Qdrant',
    ]);
  });
});

it('a cost that is not known here is said', () => {
  const lines = [
    { vendor: 'Hetzner', what: 'a server', amount: 5, currency: 'EUR', basis: '' },
    { vendor: 'Hetzner', what: 'another', amount: undefined, currency: 'EUR', basis: '' },
  ] as const;
  expect(renderCosts([{ environment: 'prod', lines }])).toContain(
    '| Hetzner | 5.00 EUR and what is not known here |\n| Cloudflare | by its package |',
  );
});

it('a text that has lost the place of its table is not written', () => {
  expect(replaceBetween('# Guide', 'steps', 'text')).toBeUndefined();
});

describe('the command', () => {
  it('prints the way of one environment', async () => {
    const { stdout } = await run(process.execPath, [MAIN, '--env', 'staging']);
    expect(stdout).toContain('terraform -chdir=terraform/environments/staging init');
    expect(stdout).not.toMatch(/\bENV\b/u);
  });

  it('knows no other environment', async () => {
    const refused = run(process.execPath, [MAIN, '--env', 'production']);
    await expect(refused).rejects.toMatchObject({ code: 2 });
    await expect(refused).rejects.toThrow('There is no environment "production". Say --env dev');
  });

  it('finds the guide as it is written', async () => {
    await expect(run(process.execPath, [MAIN, '--check'], { cwd: ROOT })).resolves.toMatchObject({ stderr: '' });
  });
});
