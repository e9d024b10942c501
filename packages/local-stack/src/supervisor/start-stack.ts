import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { VAULT_TOKEN_SECONDS_MAX } from '@innkeeper/shared/contracts/backup/vault-token';
import { createLog } from '@innkeeper/shared/log/log';
import { bundlePrograms } from '../bundling/bundle-programs.ts';
import type { EmulatorJars } from '../emulators/emulator-jars.ts';
import { installServerPrograms } from '../server-programs/install-server-programs.ts';
import { layOutFiles } from './company-files.ts';
import { connect, PORT_NAMES, type Ports } from './connections.ts';
import { createRepository } from './create-repository.ts';
import { describeStack } from './describe-stack.ts';
import { locateEmulators } from './locate-emulators.ts';
import { removeOperatorFile, writeOperatorFile } from './operator-file.ts';
import { assistantVariables, type OutsideParts, readOutsideParts } from './outside-parts.ts';
import { listParts } from './parts.ts';
import { pickPorts } from './pick-ports.ts';
import { reapLeftovers, runningSupervisor } from './process-table.ts';
import { PROGRAMS } from './programs.ts';
import { openSecrets } from './secrets.ts';
import { removeStackFile, type StackFile, writeStackFile } from './stack-file.ts';
import { openStackHome, REPOSITORY, type StackHome } from './stack-home.ts';
import { supervise } from './supervise.ts';
import { vaultToken } from './vault-access.ts';

/** Starts the whole local stack in this process's care. `stack.json` exists exactly while all of it is well. */
export interface RunningStack {
  readonly home: StackHome;
  /** What `stack.json` says at this moment. */
  stack(): StackFile;
  /** Stops every process and removes `stack.json`. */
  stop(): Promise<void>;
}

export interface StartStackOptions {
  /** This process's environment: state folder and parts from outside. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Forgets what an earlier stack in this home knew. Secrets stay, so that what is configured elsewhere still fits. */
  readonly fresh: boolean;
  /** Progress for a person, a line at a time. */
  readonly tell: (line: string) => void;
  /** Ends the start, too. */
  readonly signal?: AbortSignal;
}

/** What a person has to do something about; the message is a sentence for them. */
export class StackRefused extends Error {}

const LEFTOVER_GRACE_MS = 10_000;
const PROGRAM_CACHE = join(REPOSITORY, 'packages/local-stack/dist/programs');

/** Rejects with `StackRefused` when another stack runs in this home; leaves nothing behind when it rejects. */
export async function startStack(options: StartStackOptions): Promise<RunningStack> {
  const { environment, tell } = options;
  const outside = readOutsideParts(environment);
  const home = openStackHome(environment);
  await takeOver(home, tell);
  home.forget(options.fresh ? ['logs', 'state'] : ['logs']);

  const jars = await findJars(outside, tell);
  const ports: Ports = await pickPorts(PORT_NAMES);
  const secrets = await openSecrets(home.secretsFile);
  const connections = connect(outside, secrets, ports);
  const [programs, serverPrograms] = await Promise.all([
    bundlePrograms({ entries: PROGRAMS, cacheDirectory: PROGRAM_CACHE }),
    installServerPrograms(),
  ]);
  const filerDirectory = home.state('filer');
  layOutFiles(filerDirectory);
  const parts = listParts({
    connections,
    ports,
    secrets,
    jars,
    programs,
    serverPrograms,
    assistant: assistantVariables(outside),
    resticBinary: outside.RESTIC_BINARY,
    filerDirectory,
  });

  const startedAt = new Date();
  let isStopping = false;
  let isPrepared = false;
  const readToken = await vaultToken(secrets, 'read', VAULT_TOKEN_SECONDS_MAX * 1000);
  const describe = (): StackFile =>
    describeStack({ startedAt, connections, ports, secrets, readToken, home, kept: supervision.parts() });
  const { supervision, ready } = supervise({
    parts,
    home,
    log: createLog('supervisor', line =>
      appendFileSync(home.log('supervisor'), `${new Date().toISOString()} ${line}\n`),
    ),
    onAllWell: () => {
      if (isPrepared && !isStopping) writeStackFile(home.stackFile, describe());
    },
    onReady: (name, afterMs) => tell(`${name} is ready (${(afterMs / 1000).toFixed(1)} s)`),
  });
  const stop = async (): Promise<void> => {
    isStopping = true;
    removeStackFile(home.stackFile);
    removeOperatorFile(home.operatorFile);
    await supervision.stop();
  };
  const aborted = new Promise<never>((_, reject) => {
    const refuse = (): void => reject(new StackRefused('the start was interrupted'));
    if (options.signal?.aborted === true) refuse();
    options.signal?.addEventListener('abort', refuse, { once: true });
  });
  try {
    const prepared = ready.then(() => createRepository({ ports, secrets, resticBinary: outside.RESTIC_BINARY }));
    await Promise.race([prepared, aborted]);
    isPrepared = true;
    writeOperatorFile(home.operatorFile, { connections, ports, secrets, cloudDirectory: home.state('hetzner') });
    writeStackFile(home.stackFile, describe());
  } catch (error) {
    await stop();
    throw error;
  }
  return { home, stack: describe, stop };
}

/** Makes sure that nobody else runs here and that nothing of a killed stack is left. */
async function takeOver(home: StackHome, tell: (line: string) => void): Promise<void> {
  const running = runningSupervisor(home.processTable);
  if (running !== undefined) {
    throw new StackRefused(
      `A stack already runs in ${home.root} (pid ${running}). Stop it with ./dev down, or name another folder in INNKEEPER_HOME.`,
    );
  }
  const left = await reapLeftovers(home.processTable, LEFTOVER_GRACE_MS);
  if (left.length > 0) tell(`stopped what a killed stack had left running: ${left.join(', ')}`);
  removeStackFile(home.stackFile);
}

async function findJars(outside: OutsideParts, tell: (line: string) => void): Promise<EmulatorJars | undefined> {
  if (outside.FIRESTORE_EMULATOR_HOST !== undefined && outside.PUBSUB_EMULATOR_HOST !== undefined) return undefined;
  const found = await locateEmulators(tell);
  if (!found.ok) throw new StackRefused(found.error.detail);
  return found.value;
}
