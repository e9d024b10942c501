import { userInfo } from 'node:os';
import type { FirestoreSdkStore } from '@innkeeper/shared/adapters/node/firestore-sdk';
import { readSecretFiles } from '@innkeeper/shared/adapters/node/read-secret-files';
import { ConfigError, parseConfig } from '@innkeeper/shared/config/parse-config';
import { err, ok, unreachable } from '@innkeeper/shared/result/result';
import { childPrograms } from '../src/run/child-programs.ts';
import { readRestoreCommand } from './command-line/read-restore-command.ts';
import type { RestoreCommand } from './command-line/restore-command.ts';
import { OperationsConfig, readRepositoryConfig, SECRET_NAMES, TargetConfig } from './config.ts';
import { explainConfiguration, explainMissingCredentials } from './configuration-errors.ts';
import { unknown } from './erasures/pending-erasures.ts';
import type { RestoreResult } from './failure.ts';
import { obstacleLines } from './plan/restore-plan.ts';
import { openRepository } from './repository/open-repository.ts';
import { programEnvironment } from './repository/program-environment.ts';
import type { RestoreDesk } from './restore-desk.ts';
import { runErase } from './run-erase.ts';
import { runRestore } from './run-restore.ts';
import { progressScreen } from './screen/progress-screen.ts';
import { browseRun } from './show/browse-run.ts';
import { listRuns } from './show/list-runs.ts';

/** `pnpm restore`: ends with 0, 1 for a failure, 2 for a command or a configuration that cannot be, 130 interrupted. */
const read = readRestoreCommand(process.argv.slice(2));
if (!read.ok) {
  console.error(`${read.error.sentence}\n\n${read.error.help}`);
  process.exitCode = 2;
} else if (read.value.kind === 'help') console.log(read.value.text);
else process.exitCode = await perform(read.value);

async function perform(command: Exclude<RestoreCommand, { kind: 'help' }>): Promise<number> {
  explainMissingCredentials();
  const interruption = new AbortController();
  process.on('SIGINT', () => interruption.abort()).on('SIGTERM', () => interruption.abort());
  const stores: FirestoreSdkStore[] = [];
  try {
    const desk = await setUpDesk(command, interruption.signal, stores);
    const done = await carryOut(command, desk);
    if (done.ok) return 0;
    console.error(obstacleLines(done.error).join('\n'));
    return interruption.signal.aborted ? 130 : 1;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(explainConfiguration('restore', error));
    return 2;
  } finally {
    await Promise.all(stores.map(store => store.close()));
  }
}

async function setUpDesk(
  command: RestoreCommand,
  signal: AbortSignal,
  stores: FirestoreSdkStore[],
): Promise<RestoreDesk> {
  const environment = readSecretFiles(SECRET_NAMES, process.env);
  const config = readRepositoryConfig('restore', environment);
  const programs = childPrograms(programEnvironment(process.env));
  const user = userInfo().username;
  const by = 'signature' in command ? (command.signature.by ?? user) : user;
  const open = async (project: string, database: string): Promise<FirestoreSdkStore> => {
    // Half of the start-up time, and most commands never need it.
    const { firestoreSdk } = await import('@innkeeper/shared/adapters/node/firestore-sdk');
    const store = firestoreSdk({ project, database });
    stores.push(store);
    return store;
  };
  return {
    restic: await openRepository({ config, scope: 'read', by, programs, signal, now: new Date() }),
    programs,
    targets: parseConfig('restore', TargetConfig, environment),
    filesDirectory: config.FILES_DIRECTORY,
    async operations() {
      const operations = OperationsConfig.safeParse(environment);
      return operations.success
        ? ok(await open(operations.data.GOOGLE_CLOUD_PROJECT, operations.data.FIRESTORE_OPS_DATABASE))
        : err(unknown('It is not known what was erased since: GOOGLE_CLOUD_PROJECT is not set.'));
    },
    firestore: open,
    print: text => console.log(text),
    progress: progressScreen(process.stderr),
    signal,
    now: () => new Date(),
    user,
  };
}

function carryOut(command: Exclude<RestoreCommand, { kind: 'help' }>, desk: RestoreDesk): RestoreResult<void> {
  switch (command.kind) {
    case 'list':
      return listRuns(desk, command.json);
    case 'browse':
      return browseRun(desk, command);
    case 'restore':
      return runRestore(command, desk);
    case 'erase':
      return runErase(command, desk);
    default:
      return unreachable(command);
  }
}
