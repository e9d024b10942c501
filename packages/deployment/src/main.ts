import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { type DeployEnvironment, deployEnvironment } from './deploy/deploy-environment.ts';
import { HELP, readCommand } from './deploy/read-command.ts';
import { createScreen } from './deploy/tell-deployment.ts';
import { functionBundler } from './functions/bundle-function.ts';
import { fetchProbe } from './probes/fetch-probe.ts';
import { childProcessRunner } from './programs/child-process-runner.ts';
import type { Clock } from './programs/clock.ts';
import type { Trouble } from './programs/trouble.ts';
import { tellConfigurations } from './worker-configuration/tell-configurations.ts';

/** Composition root of `./dev deploy`. Exit code 0: healthy; 1: not; 2: called wrongly. */
const ROOT = join(import.meta.dirname, '../../..');
/** wrangler, and Ansible where `ansible/README.md` puts it. */
const OWN_PROGRAMS = [join(import.meta.dirname, '../node_modules/.bin'), join(ROOT, '.toolchain/venv/bin')];
const GOOGLE_STORAGE = 'https://storage.googleapis.com';

const clock: Clock = { now: () => Date.now(), pause: ms => pause(ms) };
const runner = childProcessRunner({
  root: ROOT,
  // Behind the machine's own, so that a person may choose another.
  environment: { ...process.env, PATH: [process.env['PATH'], ...OWN_PROGRAMS].join(':') },
});
// What a person stops is taken back like what failed; only a kill leaves it to the next deployment.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => runner.interrupt());
const write = (line: string): void => console.log(line);

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) {
    write(HELP);
    return 0;
  }
  const command = readCommand(words);
  if (!command.ok) return refuse(command.error, 2);
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-deployment-'));
  try {
    if (command.value.kind === 'worker-configuration') {
      const told = await tellConfigurations(command.value, { root: ROOT, folder, runner, write, writeText });
      return told.ok ? 0 : refuse(told.error, 1);
    }
    const screen = createScreen(write, command.value.json);
    const parts: DeployEnvironment = {
      root: ROOT,
      folder,
      runner,
      clock,
      screen,
      writeText,
      who: process.env['GITHUB_ACTOR'] ?? userInfo().username,
      bundle: functionBundler({ root: ROOT, folder: join(folder, 'functions') }),
      http: fetchProbe((url, init) => fetch(url, init)),
      storage: {
        baseUrl: process.env['STORAGE_BASE_URL'] ?? GOOGLE_STORAGE,
        fetch: (url, init) => fetch(url, init),
      },
      confirm,
    };
    const outcome = await deployEnvironment(command.value, parts);
    return outcome.ok ? (outcome.value === 'healthy' ? 0 : 1) : refuse(outcome.error, 1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function writeText(path: string, text: string): Promise<void> {
  return writeFile(path, text, { mode: 0o600 });
}

async function confirm(question: string): Promise<Result<boolean, Trouble>> {
  if (!process.stdin.isTTY) {
    return err({ sentence: 'Nobody is here to be asked before prod is deployed.', nextStep: 'Say --yes.' });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return ok((await terminal.question(`${question} `)).trim() === 'yes');
  } finally {
    terminal.close();
  }
}

function refuse({ sentence, nextStep }: Trouble, code: number): number {
  console.error(`${sentence}\n→ ${nextStep}`);
  return code;
}
