import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** What the guide takes away by name, against where it is made; Terraform's part is torn down in `test/first-half`. */
const ROOT = join(import.meta.dirname, '../../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const section = read('packages/bring-up/GUIDE.md').split('## An environment that goes for good')[1] ?? '';

/** The words of the guide's loop `for NAME in …`. */
const loopOver = (name: string): readonly string[] =>
  (new RegExp(`for ${name} in (?<words>[^;]+);`, 'u').exec(section)?.groups?.['words'] ?? '').split(' ');

/** Names behind `from`, in the order in which they stand there. */
function namedIn(path: string, from: string, pattern: RegExp): readonly string[] {
  const text = read(path).split(from)[1] ?? '';
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}

it('every lock of the vault is lifted', () => {
  const locks = namedIn(
    'terraform/modules/cloudflare/buckets.tf',
    '"cloudflare_r2_bucket_lock"',
    /^ +id += "(\w+)"/gmu,
  );
  expect(locks.length).toBeGreaterThan(0);
  expect(loopOver('rule')).toEqual(locks);
});

it('every job is paused', () => {
  const jobs = namedIn('terraform/modules/gcp/scheduler/main.tf', 'jobs = {', /^ {4}([\w-]+) = \{$/gmu);
  expect(jobs.length).toBeGreaterThan(0);
  expect(loopOver('job')).toEqual(jobs);
});

it('every Worker is deleted, and last the one that the others write to', () => {
  const workers = readdirSync(join(ROOT, 'workers'));
  expect(loopOver('worker').toSorted()).toEqual(workers.toSorted());
  expect(loopOver('worker').at(-1)).toBe('log-forwarder');
});
