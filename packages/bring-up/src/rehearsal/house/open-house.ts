import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EnvironmentName, TerraformValues } from '@innkeeper/deployment/environment/environment-values';
import { readEnvironment } from '@innkeeper/deployment/environment/read-environment';
import { parseOutputs } from '@innkeeper/deployment/environment/terraform-outputs';
import { startStorage } from '@innkeeper/deployment/testing/start-storage';
import type { StackFile } from '@innkeeper/local-stack/supervisor/stack-file';
import { serveProviders } from '@innkeeper/terraform-check/provider/serve-providers';
import { type Account, emptyAccount } from '../programs/account.ts';
import { openDesk } from '../programs/open-desk.ts';
import { copyRepository } from './copy-repository.ts';
import { type LocalStack, startLocalStack } from './local-stack.ts';
import { openGate } from './open-gate.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { inventAccounts, type WrittenFiles, writtenFiles } from './values.ts';
import { CREDENTIALS, startVendors } from './vendors.ts';

/** Everything that a rehearsal happens in: one folder, gone afterwards, and processes of its own. */
export interface House {
  readonly environment: EnvironmentName;
  readonly values: TerraformValues;
  readonly repository: string;
  readonly terminal: Terminal;
  readonly files: WrittenFiles;
  readonly account: Account;
  /** Vendors become what Terraform made of them. @throws Error */
  openAccounts(): Promise<void>;
  /** The Swarm, functions and Workers, on this machine. @throws Error */
  startStack(): Promise<void>;
  hasStack(): boolean;
  /** Of the running stack. @throws Error before there is one */
  stack(): StackFile;
  interrupt(): void;
  close(): Promise<void>;
}

export async function openHouse(root: string, environment: EnvironmentName): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-rehearsal-'));
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true, maxRetries: 3 })];
  const close = async (): Promise<void> => {
    for (const closer of closers.toReversed()) await closer();
    closers.length = 0;
  };
  try {
    return await furnish({ root, folder, environment, closers, close });
  } catch (error) {
    await close();
    throw error;
  }
}

async function furnish(plot: {
  readonly root: string;
  readonly folder: string;
  readonly environment: EnvironmentName;
  readonly closers: (() => Promise<unknown>)[];
  readonly close: () => Promise<void>;
}): Promise<House> {
  const { root, folder, environment, closers, close } = plot;
  const at = (name: string): string => join(folder, name);
  const repository = at('repository');
  await copyRepository(root, repository);
  const files = writtenFiles(repository, environment);
  await files.terraform(inventAccounts);
  const read = await readEnvironment(repository, environment);
  if (!read.ok) throw new Error(read.error.sentence);
  const values = read.value.terraform;

  const account = emptyAccount();
  const interruption = new AbortController();
  let stack: LocalStack | undefined;
  let cluster = '';
  const storage = await startStorage({ bucket: `${values.google.project_id}-tfstate`, token: CREDENTIALS.google });
  closers.push(storage.close);
  const providers = await serveProviders();
  closers.push(async () => providers.stop());
  const programs = at('programs');
  const desk = await openDesk({
    folder: programs,
    account,
    repository,
    terraform: { TF_REATTACH_PROVIDERS: providers.reattach, CHECKPOINT_DISABLE: '1' },
  });
  closers.push(desk.close);
  const gate = await openGate(account, values, () => stack?.origins);
  closers.push(gate.close);

  const names = new Map<string, string>();
  const route = (origin: string, ...hosts: readonly string[]): void => {
    for (const host of hosts) names.set(host, origin);
    writeFileSync(at('names.json'), JSON.stringify(Object.fromEntries(names)));
  };
  route(storage.url, 'storage.googleapis.com');
  route(gate.url, ...Object.values(values.hostnames));

  for (const name of ['home', 'temporary']) mkdirSync(at(name));
  // Of the stack: PostgreSQL runs as a user of its own, and a path of its sockets may have 107 characters.
  const stackTemporary = mkdtempSync(join(tmpdir(), 'ik-'));
  chmodSync(stackTemporary, 0o1777);
  closers.push(() => rm(stackTemporary, { recursive: true, force: true, maxRetries: 3 }));
  const paths = [programs, dirname(process.execPath), process.env['PATH'] ?? ''];
  const machine = {
    PATH: paths.join(':'),
    HOME: at('home'),
    TMPDIR: at('temporary'),
    LANG: 'C.UTF-8',
    // Packages are linked: pnpm would think that nothing is installed.
    pnpm_config_verify_deps_before_run: 'false',
    ...inherited('RESTIC_BINARY', 'NODE_EXTRA_CA_CERTS'),
  };
  const preload = `--disable-warning=ExperimentalWarning --import=${join(import.meta.dirname, 'route-names.ts')}`;
  const routed = { NODE_OPTIONS: preload, REHEARSAL_NAMES: at('names.json') };
  const who = { NAME: 'Rehearsal', EMAIL: 'rehearsal@example.com' };
  const terminal = openTerminal({
    stateFile: at('terminal'),
    folder: repository,
    variables: {
      ...machine,
      ...routed,
      INNKEEPER_HOME: at('nothing-runs-here'),
      GOOGLE_OAUTH_ACCESS_TOKEN: CREDENTIALS.google,
      ...Object.fromEntries(
        ['AUTHOR', 'COMMITTER'].flatMap(role =>
          Object.entries(who).map(([key, value]) => [`GIT_${role}_${key}`, value]),
        ),
      ),
    },
  });

  return {
    environment,
    values,
    repository,
    terminal,
    files,
    account,
    async openAccounts() {
      const printed = await terminal.type(`terraform -chdir=terraform/environments/${environment} output -json`);
      const outputs = parseOutputs(printed.output);
      if (!outputs.ok) throw new Error(outputs.error.sentence);
      const vendors = await startVendors(values, outputs.value);
      closers.push(vendors.close);
      account.vendors = vendors;
      route(vendors.urls.google, 'secretmanager.googleapis.com', 'cloudfunctions.googleapis.com');
      route(vendors.urls.cloudflare, 'api.cloudflare.com');
      cluster = new URL(outputs.value.qdrant.url).hostname;
      route(vendors.urls.qdrantCloud, 'api.cloud.qdrant.io', cluster);
      route(gate.url, ...Object.values(outputs.value.functions.urls).map(url => new URL(url).hostname));
    },
    async startStack() {
      stack = await startLocalStack({
        repository,
        home: at('stack'),
        variables: {
          ...machine,
          ...routed,
          PATH: paths.slice(1).join(':'),
          TMPDIR: stackTemporary,
          GOOGLE_CLOUD_PROJECT: values.google.project_id,
        },
        secrets: account.vendors?.google.secrets ?? new Map<string, never>(),
        signal: interruption.signal,
      });
      closers.push(stack.stop);
      route(stack.stack.components.qdrant.url, cluster);
      await terminal.type(`export REHEARSED_STACK='${at('stack')}'`);
    },
    hasStack: () => stack !== undefined,
    stack() {
      if (stack === undefined) throw new Error('The local stack is not there yet.');
      return stack.stack;
    },
    interrupt() {
      interruption.abort();
      terminal.interrupt();
    },
    close,
  };
}

/** Of the machine's own environment nothing else gets in: no credential of anybody's is at hand here. */
function inherited(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap(name => (process.env[name] ? [[name, process.env[name]]] : [])));
}
