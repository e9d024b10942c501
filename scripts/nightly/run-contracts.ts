import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { EMULATORS_DIRECTORY, locateEmulators } from '@innkeeper/local-stack/supervisor/locate-emulators';
import { ConfigError, parseConfig } from '@innkeeper/shared/config/parse-config';
import type { ContractReport } from './contracts/contract-report.ts';
import { runSuites } from './contracts/run-suites.ts';
import { findSilentServices, SERVICE_VARIABLES, Services } from './contracts/services.ts';
import { SUITES, type Suite } from './contracts/suites.ts';

/** `./dev nightly-contracts`: do the real servers behave as their stand-ins do? */
const HELP = `Usage: ./dev nightly-contracts --report FILE [--stand-ins] [--only FILE]...

Runs every port's contract suite and the listener's, those of MongoDB, Qdrant and Rocket.Chat on the servers that
MONGODB_URI, QDRANT_URL (QDRANT_API_KEY, QDRANT_READ_ONLY_API_KEY) and ROCKETCHAT_URL (ROCKETCHAT_USER_ID,
ROCKETCHAT_AUTH_TOKEN, ROCKETCHAT_ADMIN_USER_ID, ROCKETCHAT_ADMIN_AUTH_TOKEN) name: scripts/nightly/prepare-services.sh starts such servers and says the variables. Databases,
collections and rooms have names of their own and are deleted afterwards; Qdrant must have no collections before.
  --report FILE  where the report goes, for scripts/nightly/find-divergences.ts
  --stand-ins    on stand-ins, whatever the variables say
  --only FILE    only this test file of the list; may be said more than once
Exits 1 when something failed, 2 when a server or an emulator is not there.`;

const ROOT = resolve(import.meta.dirname, '../..');

const { values } = readArguments(HELP, {
  options: {
    report: { type: 'string' },
    'stand-ins': { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
});
process.exitCode = await run();

async function run(): Promise<number> {
  const { report: path, only } = values;
  if (path === undefined) return refuse('--report FILE is missing.');
  const unknown = only?.filter(file => !SUITES.some(suite => suite.file === file)) ?? [];
  if (unknown.length > 0) return refuse(`${unknown.join(', ')}: not among the suites of scripts/nightly/contracts.`);
  const problem = values['stand-ins'] ? undefined : await findProblem();
  if (problem !== undefined) return refuse(problem);

  const emulators = await locateEmulators(sentence => console.log(`· ${sentence}`));
  if (!emulators.ok) return refuse(emulators.error.detail);
  const downloaded = emulators.value.firestore.startsWith(EMULATORS_DIRECTORY);

  const suites = SUITES.filter(suite => only?.includes(suite.file) ?? suite.on !== 'memory');
  const report = await runSuites(ROOT, suites, {
    ...(values['stand-ins'] ? NOWHERE : {}),
    ...(downloaded ? { GOOGLE_CLOUD_SDK: EMULATORS_DIRECTORY } : {}),
  });
  writeFileSync(path, JSON.stringify(report));
  return tell(suites, report);
}

/** An empty variable counts as none. */
const NOWHERE = Object.fromEntries(SERVICE_VARIABLES.map(name => [name, '']));

async function findProblem(): Promise<string | undefined> {
  try {
    const silent = await findSilentServices(parseConfig('nightly-contracts', Services, process.env));
    return silent.length === 0 ? undefined : silent.join('\n');
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

function tell(suites: readonly Suite[], { files }: ContractReport): number {
  const isWell = (file: (typeof files)[number]): boolean =>
    file.problems.length === 0 && file.tests.length > 0 && file.tests.every(({ state }) => state === 'passed');
  const failed = files.filter(file => !isWell(file));
  const tests = files.reduce((sum, file) => sum + file.tests.length, 0);
  console.log(
    `${tests} tests of ${suites.length} suites; ${failed.length} suites with something that failed or did not run`,
  );
  for (const { file } of failed) console.error(`  ${file}`);
  return failed.length === 0 ? 0 : 1;
}

function refuse(sentence: string): number {
  console.error(sentence);
  return 2;
}
