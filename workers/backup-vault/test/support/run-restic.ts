import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { REPOSITORY_PASSWORD } from '@innkeeper/local-stack/testing/restic-repository';
import type { TestVault } from '@innkeeper/local-stack/testing/start-test-vault';
import type { VaultScope } from '@innkeeper/shared/contracts/backup/vault-token';

/** The real restic against a vault. */
export interface Restic {
  /** Runs to the end under a token of that scope, or under this very token. */
  run(as: VaultScope | { readonly token: string }, ...args: string[]): Promise<ResticEnd>;
  /** Starts it in a process group of its own, to be killed with what it started. */
  start(scope: VaultScope, ...args: string[]): Promise<ChildProcess>;
  readonly directory: string;
}

export interface ResticEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ResticOptions {
  readonly vault: Pick<TestVault, 'tokens' | 'repositoryOf'>;
  /** For cache and files; exists. */
  readonly directory: string;
  readonly repository?: string;
  readonly password?: string;
  /** Middle of the tokens' windows. */
  readonly now?: () => Date;
}

const HOUR_MS = 3_600_000;

export function resticAt(options: ResticOptions): Restic {
  const { vault, directory, repository = 'company', password = REPOSITORY_PASSWORD, now = () => new Date() } = options;
  const home = path.join(directory, 'home');
  mkdirSync(home, { recursive: true });
  const tokenFor = (scope: VaultScope): Promise<string> =>
    vault.tokens.mint({
      subject: 'test',
      scope,
      repository,
      from: new Date(now().getTime() - HOUR_MS),
      until: new Date(now().getTime() + HOUR_MS),
      snapshotsMax: scope === 'append' ? 8 : 0,
    });
  const launch = (token: string, args: string[], detached: boolean): ChildProcess =>
    spawn(process.env['RESTIC_BINARY'] ?? 'restic', args, {
      detached,
      cwd: directory,
      env: {
        PATH: process.env['PATH'],
        HOME: home,
        TZ: 'UTC',
        RESTIC_REPOSITORY: vault.repositoryOf(repository),
        RESTIC_REST_USERNAME: 'test',
        RESTIC_REST_PASSWORD: token,
        RESTIC_PASSWORD: password,
      },
    });
  return {
    directory,
    start: async (scope, ...args) => launch(await tokenFor(scope), args, true),
    async run(as, ...args) {
      const child = launch(typeof as === 'string' ? await tokenFor(as) : as.token, args, false);
      let [stdout, stderr] = ['', ''];
      child.stdout?.on('data', (bytes: Buffer) => (stdout += bytes.toString('utf8')));
      child.stderr?.on('data', (bytes: Buffer) => (stderr += bytes.toString('utf8')));
      return new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', code => resolve({ code, stdout, stderr }));
      });
    },
  };
}

/** The last JSON line of that `message_type`. */
export function messageOf(end: ResticEnd, type: string): Record<string, unknown> {
  const lines = end.stdout.split('\n').filter(line => line.startsWith('{'));
  const messages = lines.map(line => JSON.parse(line) as Record<string, unknown>);
  const found = messages.findLast(message => message['message_type'] === type);
  if (found === undefined) throw new Error(`restic said no ${type}, but: ${end.stdout}${end.stderr}`);
  return found;
}
