import { readSecretFiles } from '@innkeeper/shared/adapters/node/read-secret-files';
import { ConfigError, parseConfig } from '@innkeeper/shared/config/parse-config';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { err, ok, unreachable } from '@innkeeper/shared/result/result';
import { OperationsConfig, SECRET_NAMES } from '../restore/config.ts';
import { explainConfiguration, explainMissingCredentials } from '../restore/configuration-errors.ts';
import { readErasures } from '../restore/erasures/pending-erasures.ts';
import { type OperateCommand, readOperateCommand } from './command-line.ts';
import { LAUNCH_SECRET_NAMES, LaunchConfig } from './config.ts';
import { launchRun } from './launch-run.ts';
import { madeInWords, makeVaultKey } from './make-vault-key.ts';
import { readRun, readRuns, readState } from './read-operations.ts';
import {
  type Environment,
  heldRuns,
  makeRepository,
  restic,
  type Said,
  showKept,
  unlock,
} from './repository-commands.ts';
import { runInFull, runLine } from './runs-in-words.ts';
import { statusInWords } from './status-in-words.ts';
import { gatherEvidence, limitsOf, type VerifyCommand } from './verify/gather-evidence.ts';
import { judgeEvidence } from './verify/judge-evidence.ts';
import { judgementAsJson, judgementInWords } from './verify/judgement-in-words.ts';

/**
 * `pnpm backups`: ends with 0, 1 for a failure, 2 for a command or a configuration that cannot be; `verify` with
 * 1 for findings and 2 where nothing can be said; `restic` with restic's own exit code.
 */
const read = readOperateCommand(process.argv.slice(2));
if (!read.ok) {
  console.error(`${read.error.sentence}\n\n${read.error.help}`);
  process.exitCode = 2;
} else if (read.value.kind === 'help') console.log(read.value.text);
else process.exitCode = await perform(read.value);

async function perform(command: Exclude<OperateCommand, { kind: 'help' }>): Promise<number> {
  explainMissingCredentials();
  try {
    const environment = readSecretFiles([...SECRET_NAMES, ...LAUNCH_SECRET_NAMES], process.env);
    if (command.kind === 'restic') return await restic(environment, command);
    if (command.kind === 'verify') return await verify(command, environment);
    const said = await answer(command, environment);
    if (said.ok) console.log(said.value);
    else console.error(said.error);
    return said.ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(explainConfiguration('backups', error));
    return 2;
  }
}

/** 1 when the company could not be restored, 2 when that cannot be said. */
async function verify(command: VerifyCommand, environment: Environment): Promise<0 | 1 | 2> {
  const evidence = await withOperations(environment, store =>
    gatherEvidence(command, { store, held: () => heldRuns(environment) }),
  );
  if (!evidence.ok) {
    console.error(evidence.error);
    return 2;
  }
  const judgement = judgeEvidence(evidence.value, limitsOf(command), new Date());
  console.log(command.json ? judgementAsJson(judgement) : judgementInWords(judgement));
  return judgement.findings.length === 0 ? 0 : 1;
}

function answer(
  command: Exclude<OperateCommand, { kind: 'help' | 'restic' | 'verify' }>,
  environment: Environment,
): Said {
  switch (command.kind) {
    case 'status':
      return withOperations(environment, async store => {
        const state = await readState(store);
        return state.ok ? ok(statusInWords(state.value, new Date())) : state;
      });
    case 'runs':
      return withOperations(environment, async store => {
        const runs = await readRuns(store, command.last);
        if (!runs.ok) return runs;
        return ok(runs.value.map(run => runLine(run, new Date())).join('\n') || 'No run yet.');
      });
    case 'show':
      return withOperations(environment, async store => {
        const run = await readRun(store, command.runId);
        if (!run.ok) return run;
        if (run.value === undefined) return err(`There is no run ${command.runId}. See: pnpm backups runs`);
        return ok(command.json ? JSON.stringify(run.value, undefined, 2) : runInFull(run.value, new Date()));
      });
    case 'erasures':
      return withOperations(environment, async store => {
        const orders = await readErasures(store);
        return orders.ok ? ok(JSON.stringify(orders.value, undefined, 2)) : err(orders.error.sentence);
      });
    case 'kept':
      return showKept(environment, command.json);
    case 'init':
      return makeRepository(environment);
    case 'unlock':
      return unlock(environment, command.yes);
    case 'vault-key':
      return newVaultKey(command.file);
    case 'launch':
      return launch(environment, command);
    default:
      return unreachable(command);
  }
}

async function withOperations<T>(environment: Environment, work: (store: DocumentStore) => Promise<T>): Promise<T> {
  const config = parseConfig('backups', OperationsConfig, environment);
  // Half of the start-up time, and some commands never need it.
  const { firestoreSdk } = await import('@innkeeper/shared/adapters/node/firestore-sdk');
  const store = firestoreSdk({ project: config.GOOGLE_CLOUD_PROJECT, database: config.FIRESTORE_OPS_DATABASE });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function newVaultKey(file: string): Said {
  const made = await makeVaultKey(file);
  return made.ok ? ok(madeInWords(made.value, file)) : made;
}

async function launch(
  environment: Environment,
  { reason, acceptSmaller }: Extract<OperateCommand, { kind: 'launch' }>,
): Said {
  const config = parseConfig('backups', LaunchConfig, environment);
  const reply = await launchRun({
    url: config.BACKUP_LAUNCH_URL,
    token: config.BACKUP_LAUNCH_TOKEN,
    reason,
    acceptSmaller,
  });
  if (!reply.ok) return reply;
  const { runId, state, started } = reply.value;
  return ok(
    started
      ? `Run ${runId} has begun (${state}). Follow it with: pnpm backups status`
      : `Run ${runId} is under way already (${state}); nothing new was begun.`,
  );
}
