import { secretsOfWorker } from '@innkeeper/secrets/catalogue/catalogue';
import { RUNTIME_SECRETS } from '@innkeeper/secrets/catalogue/runtime-secrets';
import { markerOf } from '@innkeeper/secrets/push/version-marker';
import { err } from '@innkeeper/shared/result/result';
import { expect, test } from 'vitest';
import type { Verdict } from '../report/finding.ts';
import { there } from '../run/availability.ts';
import { inMemoryCloudflareAccount } from '../testing/in-memory-cloudflare-account.ts';
import { inMemorySecretVersions } from '../testing/in-memory-secret-versions.ts';
import { workerSecretChecks } from './worker-secrets.ts';

const ROW = { madeAt: new Date(0), state: 'ENABLED' } as const;
const ALL_SET = Object.fromEntries(RUNTIME_SECRETS.map(({ id }) => [id, [ROW, ROW]]));
const GIVEN = secretsOfWorker('llm-query').flatMap(({ variable }) => [variable, markerOf(variable, 2)]);

/** What is said of llm-query, which runs under its name in dev. */
async function ask(
  names: readonly string[] | undefined,
  versions = inMemorySecretVersions(ALL_SET),
): Promise<Verdict | undefined> {
  const cloudflare = inMemoryCloudflareAccount(names === undefined ? {} : { secretNames: { 'llm-query-dev': names } });
  const checks = workerSecretChecks(
    { secrets: there(versions), cloudflare: there(cloudflare) },
    {
      scripts: new Map([
        ['llm-query', 'llm-query-dev'],
        ['backup-vault', 'backup-vault-dev'],
      ]),
      deployed: { functions: true, swarm: true, workers: true },
    },
  );
  expect(checks.map(({ id }) => id)).toEqual(['secrets/worker/llm-query']); // the vault has none
  return checks[0]?.ask();
}
const PUSH = './dev secrets push --env ENV --worker llm-query';

test('a Worker has the newest of each', async () => {
  expect(await ask(GIVEN)).toEqual({ kind: 'well', figure: 'the newest of 5' });
});

test('a secret that is not there is for now', async () => {
  const without = GIVEN.filter(name => !name.startsWith('GROQ_API_KEY'));
  expect(await ask(without)).toMatchObject({ urgency: 'now', figure: 'lacks GROQ_API_KEY', nextStep: PUSH });
});

test.each([
  ['an older label', 'GROQ_API_KEY__V1'],
  ['no label: somebody set it by hand', 'GROQ_API_KEY'],
])('a secret with %s is for today', async (_name, label) => {
  const behind = GIVEN.map(name => (name === 'GROQ_API_KEY__V2' ? label : name));
  const figure = 'is not known to have groq-api-key version 2';
  expect(await ask(behind)).toMatchObject({ urgency: 'today', figure, nextStep: PUSH });
});

test('what nobody has set cannot be pushed: it is set first', async () => {
  const { 'groq-api-key': _gone, ...others } = ALL_SET;
  const said = await ask(GIVEN, inMemorySecretVersions(others));
  expect(said).toMatchObject({ urgency: 'now', nextStep: expect.stringContaining('./dev secrets status') as string });
});

test('nothing is said of a Worker that was never deployed, nor where versions are not told', async () => {
  expect(await ask(undefined)).toMatchObject({ kind: 'not_asked' });
  const silent = { newest: async () => err({ kind: 'forbidden', detail: 'says no' } as const) };
  expect(await ask(GIVEN, silent)).toMatchObject({ kind: 'not_asked' });
});
