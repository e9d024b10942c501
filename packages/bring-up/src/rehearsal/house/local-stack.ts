import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SecretManagerWorld } from '@innkeeper/local-stack/stand-ins/secret-manager/secret-manager-world';
import { readStackFile, type StackFile } from '@innkeeper/local-stack/supervisor/stack-file';
import type { WorkerName } from '@innkeeper/secrets/catalogue/secret-entry';

/** Where the parts of a running stack answer. */
export interface Origins {
  readonly chat: string;
  readonly workers: Readonly<Partial<Record<WorkerName, string>>>;
}

export interface LocalStack {
  readonly stack: StackFile;
  readonly origins: Origins;
  readonly stop: () => Promise<void>;
}

const POLL_MS = 500;
const START_MS_MAX = 300_000;

/** The whole system on this machine, empty, with the secrets that the operator has just made: `./dev up --empty`. */
export async function startLocalStack(options: {
  readonly repository: string;
  readonly home: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: SecretManagerWorld['secrets'];
  readonly signal: AbortSignal;
}): Promise<LocalStack> {
  const { repository, home, variables, signal } = options;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeFileSync(join(home, 'secrets.json'), JSON.stringify(stackSecrets(options.secrets)), { mode: 0o600 });
  const child = spawn(join(repository, 'dev'), ['up', '--empty'], {
    cwd: repository,
    env: { ...variables, INNKEEPER_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      words = `${words}${chunk.toString('utf8')}`.slice(-4000);
    });
  }
  const over = new Promise<void>(resolve => child.once('close', () => resolve()));
  const runs = (): boolean => child.exitCode === null && child.signalCode === null;
  const stop = async (): Promise<void> => {
    // It ends its own parts.
    if (runs()) child.kill('SIGTERM');
    await over;
  };
  const until = performance.now() + START_MS_MAX;
  while (performance.now() < until && runs() && !signal.aborted) {
    const stack = readStackFile(join(home, 'stack.json'));
    if (stack !== undefined) return { stack, origins: originsOf(stack), stop };
    await pause(POLL_MS);
  }
  await stop();
  throw new Error(`The local stack did not come up.\n${words}`);
}

const originsOf = ({ endpoints, components }: StackFile): Origins => ({
  chat: components.rocketchat.url,
  workers: {
    'guesty-webhook': new URL(endpoints.guestyWebhook.url).origin,
    'aircall-webhook': new URL(endpoints.aircallWebhook.url).origin,
    'llm-query': new URL(endpoints.rocketchatQuestion.url).origin,
    'backup-vault': components.vault.url,
  },
});

/** What the stack would otherwise invent for itself. */
function stackSecrets(kept: SecretManagerWorld['secrets']): Readonly<Record<string, unknown>> {
  const newest = (id: string): string => kept.get(id)?.at(-1)?.value ?? '';
  const first = (id: string): string => newest(id).split(',')[0] ?? '';
  const { d: _, ...publicKey } = JSON.parse(newest('vault-signing-key')) as Readonly<Record<string, string>>;
  return {
    guestyWebhookSecret: first('guesty-webhook-secrets'),
    guestyClientSecret: newest('guesty-client-secret'),
    aircallApiId: newest('aircall-api-id'),
    aircallApiToken: newest('aircall-api-token'),
    operatorToken: first('operator-tokens'),
    rocketchatWebhookToken: first('rocketchat-webhook-tokens'),
    qdrantApiKey: newest('qdrant-api-key-write'),
    qdrantReadOnlyApiKey: newest('qdrant-api-key-read'),
    groqApiKey: newest('groq-api-key'),
    hetznerToken: newest('hcloud-token'),
    resticPassword: newest('restic-password'),
    vaultKey: { privateKey: JSON.parse(newest('vault-signing-key')) as unknown, publicKey },
  };
}
