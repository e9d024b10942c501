import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { REPOSITORY_PASSWORD } from '@innkeeper/local-stack/testing/restic-repository';
import { startTestVault, type TestVault } from '@innkeeper/local-stack/testing/start-test-vault';
import { Secret } from '@innkeeper/shared/config/secret';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { cliRestic } from '../../src/restic/cli-restic.ts';
import type { RunContext } from '../../src/run/step.ts';
import { backUpFiles } from '../../src/sources/back-up-files.ts';
import { dumpDatabases } from '../../src/sources/dump-databases.ts';
import { type LiveSources, startSources } from './live-sources.ts';
import { type CommandEnd, type Environment, startCommand } from './run-command.ts';

/** A company whose nights are backed up by the runner's own steps and real restic into a vault in workerd. */
export interface Company {
  readonly sources: LiveSources;
  readonly vault: TestVault;
  /** Gone at the end; commands run in it. */
  readonly folder: string;
  /** Of an operator's machine. */
  readonly environment: Environment;
  /** `all`, or only what is not a database. */
  backUp(runId: string, what: 'all' | 'files'): Promise<void>;
  /** The files alone, into a copy of the repository. */
  backUpInto(repository: string, runId: string): ReturnType<typeof backUpFiles>;
  start(command: 'restore' | 'operate', words: readonly string[], extra?: Environment): ReturnType<typeof startCommand>;
  run(command: 'restore' | 'operate', words: readonly string[], extra?: Environment): Promise<CommandEnd>;
  close(): Promise<void>;
}

export async function startCompany(): Promise<Company> {
  const [sources, vault] = await Promise.all([startSources(), startTestVault({})]);
  await vault.createRepository('company');
  const { workDirectory, filesDirectory } = sources.server().context;
  const folder = path.join(workDirectory, 'operator');
  await mkdir(folder);
  const environment: Environment = {
    PATH: sources.programPath,
    HOME: folder,
    TMPDIR: folder,
    METADATA_SERVER_DETECTION: 'none', // no Google Cloud around this machine: its SDK need not look for it
    RESTIC_BINARY: process.env['RESTIC_BINARY'] ?? 'restic',
    RESTIC_PASSWORD: REPOSITORY_PASSWORD,
    FILES_DIRECTORY: filesDirectory,
    VAULT_URL: vault.url,
    VAULT_REPOSITORY: 'company',
    VAULT_SIGNING_KEY_FILE: path.join(folder, 'vault-signing-key.json'),
    RESTORE_POSTGRES_PASSWORD: new URL(sources.postgresUri).password,
  };
  await writeFile(environment['VAULT_SIGNING_KEY_FILE'] ?? '', JSON.stringify(vault.signingKey));
  const start: Company['start'] = (command, words, extra = {}) =>
    startCommand(command, words, { ...environment, ...extra }, folder);
  return {
    sources,
    vault,
    folder,
    environment,
    async backUp(runId, what) {
      const { context } = sources.server({ runId: RunId.parse(runId) });
      const night: RunContext = { ...context, restic: await nightly(vault, context) };
      if (what === 'all') succeed(await dumpDatabases(night));
      succeed(await backUpFiles(night));
    },
    backUpInto(repository, runId) {
      const { context } = sources.server({ runId: RunId.parse(runId) });
      return backUpFiles({ ...context, restic: cliRestic({ ...common(context), repository }) });
    },
    start,
    run: (command, words, extra) => start(command, words, extra).ended,
    async close() {
      await Promise.all([sources.close(), vault.close()]);
    },
  };
}

async function nightly(vault: TestVault, context: RunContext): Promise<RunContext['restic']> {
  const now = Date.now();
  const token = await vault.tokens.mint({
    subject: 'night',
    scope: 'append',
    repository: 'company',
    from: new Date(now - 60_000),
    until: new Date(now + 3_600_000),
    snapshotsMax: 8,
  });
  const credential = { user: 'night', token: new Secret(token) };
  return cliRestic({ ...common(context), repository: vault.repositoryOf('company'), credential });
}

const common = ({ programs }: RunContext) => ({
  binary: process.env['RESTIC_BINARY'] ?? 'restic',
  password: new Secret(REPOSITORY_PASSWORD),
  zone: 'Europe/Lisbon',
  programs,
});

function succeed(result: { readonly ok: boolean }): void {
  if (!result.ok) throw new Error(`no backup: ${JSON.stringify(result)}`);
}
