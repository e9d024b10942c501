import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECRETS } from '@innkeeper/secrets/catalogue/catalogue';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';

const ROOT = join(import.meta.dirname, '../../..');
const Workflow = z.object({
  concurrency: z.looseObject({ group: z.string() }).optional(),
  jobs: z.record(z.string(), z.looseObject({ environment: z.string().optional() })),
});

/** `ENV-plan HCLOUD_TOKEN secret`, for each that a job with that GitHub environment reads. */
function readByWorkflows(): string[] {
  const read = new Set<string>();
  for (const path of globSync('.github/workflows/*.yml', { cwd: ROOT })) {
    const { jobs } = Workflow.parse(parse(readFileSync(join(ROOT, path), 'utf8')));
    for (const { environment, ...job } of Object.values(jobs)) {
      const place = environment?.replace('${{ matrix.environment }}', 'ENV') ?? 'the repository';
      for (const { groups } of JSON.stringify(job).matchAll(/\b(?<kind>secrets|vars)\.(?<name>[A-Z_]+)/gu)) {
        if (groups?.['name'] === 'DEPLOY_RUNNER') continue; // A label is needed before a job has an environment.
        read.add(`${place} ${groups?.['name']} ${groups?.['kind'] === 'vars' ? 'variable' : 'secret'}`);
      }
    }
  }
  return [...read].toSorted();
}

/** The same of the table in `.github/README.md`. */
function saidByTable(): string[] {
  const readme = readFileSync(join(ROOT, '.github/README.md'), 'utf8');
  const table = readme.slice(readme.indexOf('<!-- settings'), readme.indexOf('<!-- end of settings'));
  const rows = table.split('\n').map(line => line.split('|').map(cell => cell.trim()));
  return rows
    .flatMap(([, name = '', kind = '', ...marks]) =>
      ['ENV', 'ENV-plan', 'ENV-watch']
        .filter((_, index) => marks[index] === '✓')
        .map(place => `${place} ${name.replaceAll('`', '')} ${kind}`),
    )
    .toSorted();
}

it('the table of secrets and variables says what the workflows read, each where it is read', () => {
  expect(readByWorkflows().length).toBeGreaterThan(10);
  expect(saidByTable()).toEqual(readByWorkflows());
});

it('the catalogue gives each secret to the environments whose jobs read it, once, and to no other', () => {
  const given = SECRETS.flatMap(({ readers: { github } }) =>
    (github?.places ?? []).map(place => `${place} ${github?.name} secret`),
  );
  expect(given.toSorted()).toEqual(readByWorkflows().filter(line => line.endsWith(' secret')));
});

it('what deploys of main waits in one queue: a push that came later is not overtaken, and then taken back', () => {
  const groups = ['deploy', 'deploy-functions'].map(
    name => Workflow.parse(parse(readFileSync(join(ROOT, `.github/workflows/${name}.yml`), 'utf8'))).concurrency,
  );
  expect(groups[0]).toEqual({ group: 'deploy-${{ github.ref }}', 'cancel-in-progress': false, queue: 'max' });
  expect(groups[1]).toEqual(groups[0]);
});
