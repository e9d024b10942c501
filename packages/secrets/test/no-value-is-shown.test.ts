import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OperatedEnvironment, operateEnvironment, ROOT } from '../src/testing/operated-environment.ts';
import { TOKENS } from '../src/testing/stand-in-vendors.ts';

/** Nothing that anybody could use is ever printed, whatever a vendor answers, nor given to a child in its words. */
const TYPED = 'canary-typed-0123456789abcdef';
const ECHOED = 'canary-echoed-0123456789';
const LINES = [
  'set groq-api-key --yes',
  'set CLOUDFLARE_TOKEN_TERRAFORM --yes',
  'set hcloud-token --yes', // not of the right form
  'generate operator-tokens --yes',
  'generate vault-signing-key --yes',
  'generate workload-key-llm-query --yes',
  'qdrant-keys --renew --yes',
  'cloudflare-tokens --renew --yes',
  'push --yes',
  'rollback groq-api-key --yes',
  'qdrant-keys --retire --yes',
  'status',
  'status --json',
  'reminders --json',
];

let prod: OperatedEnvironment;
beforeEach(async () => {
  prod = await operateEnvironment();
  for (const worker of ['aircall-webhook', 'guesty-webhook', 'llm-query', 'log-forwarder']) {
    prod.vendors.cloudflare.workers.set(worker, { secrets: new Map(), versions: 1, isNewestDeployed: true });
  }
});
afterEach(() => prod.close());

/** Everything that is worth something: typed, kept, made, or signed in with. */
function canaries(): readonly string[] {
  const { google, cloudflare, qdrant } = prod.vendors;
  const kept = [...google.secrets.values()].flatMap(versions => versions.map(({ value }) => value));
  const privateHalves = kept.flatMap(value => /"d":"([^"]+)"/u.exec(value)?.[1] ?? []);
  return [
    TYPED,
    ECHOED,
    ...Object.values(TOKENS),
    ...kept.flatMap(value => value.split(',')).filter(value => !value.includes('"')),
    ...privateHalves,
    ...[...cloudflare.accountTokens.values()].map(({ value }) => value),
    ...[...qdrant.databaseKeys.values()].map(({ value }) => value),
  ];
}

function expectNothingShown(shown: string): void {
  expect(canaries().filter(value => shown.includes(value))).toEqual([]);
}

async function fault(fault: object): Promise<void> {
  for (const url of Object.values(prod.vendors.urls)) {
    await fetch(new URL('/_control/faults', url), { method: 'POST', body: JSON.stringify(fault) });
  }
}

test.each([
  ['answers as it should', {}],
  [
    'refuses and repeats what it was given',
    { status: 400, body: { errors: [{ code: 1, message: `${ECHOED} ${TYPED}` }] } },
  ],
  ['finds the token wrong', { status: 401, body: { error: { message: `${TOKENS.google} is wrong: ${ECHOED}` } } }],
  ['answers something that is no JSON', { status: 500, body: `<p>${ECHOED} ${TYPED}` }],
  ['does it and loses the answer', { cut: true, carriedOut: true }],
])('a vendor %s', async (_name, answer) => {
  await fault({ ...answer, times: 1000 });
  const said = [];
  for (const line of LINES) said.push(await prod.say(line, { secret: TYPED }));
  expectNothingShown(said.map(({ out, err }) => out + err).join('\n'));
  expectNothingShown(prod.gh.calls());
});

/** Runs the program itself, with the value on standard input. */
async function run(line: string, input: string): Promise<{ readonly code: number | null; readonly shown: string }> {
  const words = [
    join(ROOT, 'packages/secrets/src/main.ts'),
    ...line.split(' '),
    '--env',
    'prod',
    '--outputs',
    prod.outputs,
  ];
  const child = spawn(process.execPath, words, {
    env: { ...process.env, ...prod.variables, NODE_DEBUG: 'undici,fetch' },
  });
  child.stdin.end(input);
  const shown = Promise.all([text(child.stdout), text(child.stderr)]);
  const code = await new Promise<number | null>(resolve => child.once('close', resolve));
  return { code, shown: (await shown).join('\n') };
}

test('the program itself reads a value from standard input, keeps it and shows nothing of it', async () => {
  const set = await run('set groq-api-key', `${TYPED}\n`);
  expect(set.shown).toContain('✓ groq-api-key is kept as version 1');
  expect(prod.vendors.google.secrets.get('groq-api-key')?.map(({ value }) => value)).toEqual([TYPED]);
  const again = await run('set groq-api-key', `${TYPED}-2\n`);
  expect(again).toMatchObject({ code: 1 });
  expect(again.shown).toContain('Nobody is here to ask. Next: look at the plan above, then say it with --yes.');
  const github = await run('set CLOUDFLARE_TOKEN_TERRAFORM --yes', TYPED);
  expect(github.code).toBe(0);
  expect(prod.gh.secrets('prod')).toEqual({ CLOUDFLARE_TOKEN_TERRAFORM: TYPED });
  expectNothingShown(set.shown + again.shown + github.shown);
  const typedAsWord = await run(`set groq-api-key ${TYPED}`, '');
  expect(typedAsWord.code).toBe(2);
  expectNothingShown(typedAsWord.shown);
  expectNothingShown(prod.gh.calls());
});

test('an environment that does not exist, and none at all', async () => {
  const words = [join(ROOT, 'packages/secrets/src/main.ts'), 'status', '--env', 'production'];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  expect(await text(child.stderr)).toBe(
    'There is no environment "production". Say --env dev, --env staging, or --env prod.\n',
  );
});
