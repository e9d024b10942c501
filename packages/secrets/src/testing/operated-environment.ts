import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EnvironmentValues } from '@innkeeper/deployment/environment/environment-values';
import { readEnvironment } from '@innkeeper/deployment/environment/read-environment';
import { Secret } from '@innkeeper/shared/config/secret';
import { connect } from '../command/connect.ts';
import { perform } from '../command/perform.ts';
import { readOrder } from '../command/read-order.ts';
import { installFakeGh } from './fake-gh.ts';
import { CLUSTER, startStandInVendors, TOKENS, type VendorAccounts } from './stand-in-vendors.ts';

/** prod with its vendors as stand-ins, and an operator who types. */
export const ROOT = join(import.meta.dirname, '../../../..');

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What is typed at the hidden prompt, and the answer to every question. */
export interface Typing {
  readonly secret?: string;
  readonly agrees?: boolean;
}

export async function operateEnvironment() {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  const environment = await prod();
  const { google, cloudflare, qdrant } = environment.values.terraform;
  const accounts = { project: google.project_id, account: cloudflare.account_id, qdrantAccount: qdrant.account_id };
  const vendors = await startStandInVendors(accounts);
  const gh = installFakeGh(folder, ['prod', 'prod-plan', 'prod-watch']);
  const outputs = join(folder, 'outputs.json');
  writeFileSync(outputs, JSON.stringify(terraformOutputs(accounts, vendors.urls.qdrant)));
  const variables: Readonly<Record<string, string>> = {
    GOOGLE_OAUTH_ACCESS_TOKEN: TOKENS.google,
    CLOUDFLARE_API_TOKEN: TOKENS.cloudflare,
    QDRANT_CLOUD_API_KEY: TOKENS.qdrant,
    SECRET_MANAGER_URL: `${vendors.urls.google}/v1`,
    CLOUD_FUNCTIONS_URL: `${vendors.urls.google}/v2`,
    CLOUDFLARE_API_BASE_URL: vendors.urls.cloudflare,
    QDRANT_CLOUD_URL: vendors.urls.qdrant,
    GH_PROGRAM: gh.program,
  };

  async function say(
    line: string,
    { secret = '', agrees = true }: Typing = {},
    also: Record<string, string | undefined> = {},
  ): Promise<Said> {
    const order = readOrder([...line.split(' '), '--env', 'prod', '--outputs', outputs]);
    if (!order.ok) return { code: 2, out: '', err: order.error };
    const said = { out: '', err: '' };
    const terminal = {
      out: { write: (text: string) => void (said.out += text) },
      err: { write: (text: string) => void (said.err += text) },
      isInteractive: true,
      confirm: () => Promise.resolve(agrees),
      readSecret: () => Promise.resolve(new Secret(secret)),
    };
    const context = await connect({
      root: ROOT,
      environment: environment.values,
      variables: { ...variables, ...also },
      outputsFile: outputs,
      terminal,
    });
    const wait = (): Promise<void> => Promise.resolve();
    return { code: await perform(order.value, { ...context, wait }), ...said };
  }

  return {
    vendors,
    gh,
    say,
    variables,
    outputs,
    environment,
    async close() {
      await vendors.close();
      rmSync(folder, { recursive: true });
    },
  };
}
export type OperatedEnvironment = Awaited<ReturnType<typeof operateEnvironment>>;

/** The files of prod before any key was noted. `values` can be replaced by a test. */
async function prod(): Promise<{ values: EnvironmentValues }> {
  const read = await readEnvironment(ROOT, 'prod');
  if (!read.ok) throw new Error(read.error.sentence);
  return { values: { ...read.value, terraform: { ...read.value.terraform, worker_keys: {} } } };
}

/** What `terraform output -json` prints, as far as it is read. */
function terraformOutputs({ project, account }: VendorAccounts, qdrantUrl: string): object {
  const value = (content: object): object => ({ sensitive: false, value: content });
  return {
    nodes: value({}),
    functions: value({
      project_id: project,
      region: 'europe-west3',
      databases: {},
      urls: {},
      service_accounts: {},
      eventarc_account: 'a',
      build_account: 'b',
      min_instances: {},
      cloudflare_ai_account: account,
      listener_account: 'c',
      pubsub_topics: {},
      dead_letter_push: 'd',
      scheduler_account: 'e',
    }),
    backup: value({}),
    workers: value({
      account_id: account,
      project_id: project,
      urls: {},
      queues: {},
      buckets: { overflow: 'o', backup: 'b', jurisdiction: 'eu' },
      workload_identity: {},
      vault: {},
    }),
    qdrant: value({ cluster_id: CLUSTER, url: qdrantUrl }),
    secrets: value({
      ids: [],
      cloudflare: { plan: 'plan', workers: 'workers', embeddings: 'embeddings' },
      sops_gcp_kms: 'k',
    }),
  };
}
