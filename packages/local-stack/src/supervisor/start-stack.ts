import { appendFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createLog } from '@innkeeper/shared/log/log';
import { bundlePrograms } from '../bundling/bundle-programs.ts';
import type { EmulatorJars } from '../emulators/emulator-jars.ts';
import { type Connections, connect, local, PORT_NAMES, type Ports } from './connections.ts';
import type { KeptPart } from './keep-running.ts';
import { locateEmulators } from './locate-emulators.ts';
import { type OutsideParts, readAssistantScopes, readOutsideParts } from './outside-parts.ts';
import type { Part } from './part.ts';
import { listParts } from './parts.ts';
import { pickPorts } from './pick-ports.ts';
import { reapLeftovers, runningSupervisor } from './process-table.ts';
import { PROGRAMS } from './programs.ts';
import { openSecrets, type StackSecrets } from './secrets.ts';
import { removeStackFile, type StackFile, writeStackFile } from './stack-file.ts';
import { openStackHome, REPOSITORY, type StackHome } from './stack-home.ts';
import { supervise } from './supervise.ts';

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
  const programs = await bundlePrograms({ entries: PROGRAMS, cacheDirectory: PROGRAM_CACHE });
  const parts = listParts({
    connections,
    ports,
    secrets,
    jars,
    programs,
    assistantScopes: readAssistantScopes(outside),
  });

  const startedAt = new Date();
  let isStopping = false;
  const describe = (): StackFile =>
    describeStack({ startedAt, connections, ports, secrets, home, kept: supervision.parts() });
  const { supervision, ready } = supervise({
    parts,
    home,
    log: createLog('supervisor', line =>
      appendFileSync(home.log('supervisor'), `${new Date().toISOString()} ${line}\n`),
    ),
    onAllWell: () => {
      if (!isStopping) writeStackFile(home.stackFile, describe());
    },
    onReady: (name, afterMs) => tell(`${name} is ready (${(afterMs / 1000).toFixed(1)} s)`),
  });
  const stop = async (): Promise<void> => {
    isStopping = true;
    removeStackFile(home.stackFile);
    await supervision.stop();
  };
  const aborted = new Promise<never>((_, reject) => {
    const refuse = (): void => reject(new StackRefused('the start was interrupted'));
    if (options.signal?.aborted === true) refuse();
    options.signal?.addEventListener('abort', refuse, { once: true });
  });
  try {
    await Promise.race([ready, aborted]);
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

function describeStack(parts: {
  startedAt: Date;
  connections: Connections;
  ports: Ports;
  secrets: StackSecrets;
  home: StackHome;
  kept: readonly KeptPart[];
}): StackFile {
  const { connections, ports, secrets, home } = parts;
  const { firestore, pubsub, mongodb, qdrant, groq, embeddings, rocketchat, guesty, aircall, projectId, database } =
    connections;
  return {
    version: 1,
    startedAt: parts.startedAt.toISOString(),
    supervisorPid: process.pid,
    endpoints: {
      aircallWebhook: {
        url: `${local(ports['aircall-webhook'])}/webhooks/aircall`,
        token: secrets.aircallWebhookToken,
      },
      guestyWebhook: { url: `${local(ports['guesty-webhook'])}/webhooks/guesty`, secret: secrets.guestyWebhookSecret },
      rocketchatQuestion: {
        url: `${local(ports['llm-query'])}/questions`,
        token: rocketchat.webhookToken,
        botUserId: rocketchat.userId,
        botUsername: rocketchat.username,
      },
    },
    components: {
      firestore: { host: firestore.host, projectId, database, standIn: firestore.standIn },
      pubsub: { host: pubsub.host, projectId, standIn: pubsub.standIn },
      mongodb: { uri: mongodb.uri, standIn: mongodb.standIn },
      qdrant: { url: qdrant.url, apiKey: qdrant.apiKey, alias: qdrant.alias, standIn: qdrant.standIn },
      groq: { url: groq.url, standIn: groq.standIn },
      embeddings: {
        provider: embeddings.provider,
        url: embeddings.url,
        ...(embeddings.model === undefined ? {} : { model: embeddings.model }),
        ...(embeddings.dimensions === undefined ? {} : { dimensions: Number(embeddings.dimensions) }),
        standIn: embeddings.standIn,
      },
      rocketchat: {
        url: rocketchat.url,
        ...(rocketchat.standIn ? { page: `${rocketchat.url}/` } : {}),
        userId: rocketchat.userId,
        authToken: rocketchat.authToken,
        standIn: rocketchat.standIn,
      },
      guesty: { url: guesty.url, standIn: guesty.standIn },
      aircall: { url: aircall.url, standIn: aircall.standIn },
    },
    processes: parts.kept.flatMap(kept =>
      kept.part.listedAs.map(name => ({
        name,
        pid: kept.pid(),
        log: relative(REPOSITORY, home.log(kept.part.name)),
        startedAt: kept.startedAt().toISOString(),
        ...addressesOf(kept.part, name),
      })),
    ),
  };
}

const HEALTH_PATH = '/_control/health';

/** Where a process is asked how it is: a name of several in one process at its own address, if it has one. */
function addressesOf({ health }: Part, name: string): { health: string; control?: string } {
  const control = health.find(url => url.endsWith(HEALTH_PATH))?.slice(0, -'/health'.length);
  return {
    health: health.find(url => new URL(url).hash === `#${name}`) ?? health[0] ?? '',
    ...(control === undefined ? {} : { control }),
  };
}
