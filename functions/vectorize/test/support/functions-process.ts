import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from '@innkeeper/local-stack/emulators/free-port';
import { eventually } from '@innkeeper/local-stack/testing/eventually';

/** The functions framework in a process of its own, as production runs it; restarts keep its addresses. */
export interface FunctionsProcess {
  /** Address of each function. */
  readonly urls: Readonly<Record<Target, string>>;
  /** What it logged so far, over all its lives. */
  readonly logged: readonly LogLine[];
  /** SIGKILL: nothing in hand is finished. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

export type Target = 'records' | 'interactions' | 'chat' | 'chat-dead';

/** Who may push to the Pub/Sub functions; `keysUrl` is where the gateway shows its keys. */
export interface Pusher {
  readonly issuer: string;
  readonly audience: string;
  readonly email: string;
  readonly keysUrl: string;
}

export interface LogLine {
  readonly severity: string;
  readonly event: string;
  readonly detail?: string;
  readonly path?: string;
  readonly reason?: string;
  readonly effect?: string;
  readonly change?: string;
  readonly messageId?: string;
}

const MAIN = fileURLToPath(import.meta.resolve('@innkeeper/local-stack/functions-host/main'));
const ENTRY = path.resolve(import.meta.dirname, '../../src/index.ts');

export async function functionsProcess(
  directory: string,
  variables: Readonly<Record<string, string>>,
  invoker: Pusher,
): Promise<FunctionsProcess> {
  const control = await freePort();
  const ports = {
    records: await freePort(),
    interactions: await freePort(),
    chat: await freePort(),
    'chat-dead': await freePort(),
  };
  const config = path.join(directory, 'functions.json');
  const targets = [
    { target: 'records', port: ports.records },
    { target: 'interactions', port: ports.interactions },
    { target: 'chat', port: ports.chat, invoker },
    { target: 'chat-dead', port: ports['chat-dead'], invoker },
  ];
  writeFileSync(config, JSON.stringify({ entries: [ENTRY], targets }));
  const logged: LogLine[] = [];
  let child: ChildProcess | undefined;
  const isWell = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${control}/_control/health`).then(
      response => response.ok,
      () => false,
    );
  return {
    urls: {
      records: `http://127.0.0.1:${ports.records}`,
      interactions: `http://127.0.0.1:${ports.interactions}`,
      chat: `http://127.0.0.1:${ports.chat}`,
      'chat-dead': `http://127.0.0.1:${ports['chat-dead']}`,
    },
    logged,
    async start() {
      const started = spawn(process.execPath, [MAIN], {
        env: { ...process.env, ...variables, PORT: String(control), FUNCTIONS_CONFIG: config },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child = started;
      createInterface({ input: started.stdout }).on('line', line => {
        if (line.startsWith('{')) logged.push(JSON.parse(line) as LogLine);
      });
      await eventually(isWell, well => well);
    },
    async kill() {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}
