import type { ProgramRun } from '@innkeeper/deployment/testing/cloud-world';
import { type Account, type ProgramCall, refused, said } from './account.ts';

/** GitHub's program as far as secrets of its environments go: names can be read, values only written. */
export function gh({ args }: ProgramCall, { github }: Account): ProgramRun {
  const [noun, verb, ...rest] = args;
  if (args.join(' ') === 'auth status') return said('signed in, in a rehearsal\n');
  const place = rest[rest.indexOf('--env') + 1];
  if (noun !== 'secret' || !rest.includes('--env') || place === undefined) {
    return refused(`not understood: ${args.join(' ')}`);
  }
  const secrets = github.get(place) ?? new Map<string, string>();
  if (verb === 'list') return said(JSON.stringify([...secrets].map(([name, updatedAt]) => ({ name, updatedAt }))));
  if (verb !== 'set' || rest[0] === undefined) return refused(`not understood: ${args.join(' ')}`);
  github.set(place, secrets.set(rest[0], new Date().toISOString()));
  return said('');
}
