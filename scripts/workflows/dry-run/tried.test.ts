import { expect, it } from 'vitest';
import { describeTried } from './tried.ts';

it('says what can be deployed, and first of all what cannot and why', () => {
  const report = describeTried([
    { environment: 'dev', what: 'worker a', size: '20 KiB, gzip' },
    { environment: 'prod', what: 'worker b', problem: 'no such binding ```' },
  ]);
  expect(report).toMatch(/^prod, worker b:\n\n````\nno such binding ```\n````\n/u);
  expect(report).toContain('| dev | worker a | 20 KiB, gzip |\n| prod | worker b | **cannot be deployed** |');
});
