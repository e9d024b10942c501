import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { EnvironmentValues } from '@innkeeper/deployment/environment/environment-values';
import { parseOutputs, type TerraformOutputs } from '@innkeeper/deployment/environment/terraform-outputs';
import { baseUrl, parseConfig, secret } from '@innkeeper/shared/config/parse-config';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import { cloudflareApiTokens } from '../adapters/cloudflare-api-tokens.ts';
import { cloudflareWorkerSecrets } from '../adapters/cloudflare-worker-secrets.ts';
import { githubCliSecrets } from '../adapters/github-cli-secrets.ts';
import { googleAccessToken } from '../adapters/google-credentials.ts';
import { googleFunctionSecrets } from '../adapters/google-function-secrets.ts';
import { googleSecretStore } from '../adapters/google-secret-store.ts';
import { qdrantCloudKeys } from '../adapters/qdrant-cloud-keys.ts';
import { sopsSwarmFile } from '../adapters/sops-swarm-file.ts';
import type { Context } from './context.ts';
import type { Terminal } from './terminal.ts';

const Config = z.object({
  CLOUDFLARE_API_TOKEN: z.optional(secret('token of Cloudflare')),
  CLOUDFLARE_API_BASE_URL: z._default(baseUrl('Cloudflare’s API'), 'https://api.cloudflare.com/client/v4'),
  QDRANT_CLOUD_API_KEY: z.optional(secret('management key of Qdrant Cloud')),
  QDRANT_CLOUD_URL: z._default(baseUrl('Qdrant Cloud’s API'), 'https://api.cloud.qdrant.io'),
  GOOGLE_OAUTH_ACCESS_TOKEN: z.optional(secret('access token of Google')),
  SECRET_MANAGER_URL: z._default(baseUrl('Secret Manager’s API'), 'https://secretmanager.googleapis.com/v1'),
  CLOUD_FUNCTIONS_URL: z._default(baseUrl('Cloud Functions’ API'), 'https://cloudfunctions.googleapis.com/v2'),
  GH_PROGRAM: z.string().default('gh'),
});
const Manifest = z
  .record(z.string(), z.object({ secrets: z.record(z.string(), z.string()) }))
  .transform(entries =>
    Object.fromEntries(Object.entries(entries).map(([name, { secrets }]) => [name, Object.values(secrets)])),
  );

/** Puts the real vendors behind the ports. @throws ConfigError */
export async function connect(options: {
  readonly root: string;
  readonly environment: EnvironmentValues;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly outputsFile: string | undefined;
  readonly terminal: Terminal;
}): Promise<Context> {
  const { root, environment, terminal, outputsFile } = options;
  const { terraform, name } = environment;
  const config = parseConfig('secrets', Config, options.variables);
  const google = { fetch, accessToken: googleAccessToken(config.GOOGLE_OAUTH_ACCESS_TOKEN) };
  const { project_id: project, region } = terraform.google;
  const cloudflare = {
    fetch,
    url: config.CLOUDFLARE_API_BASE_URL,
    accountId: terraform.cloudflare.account_id,
    token: config.CLOUDFLARE_API_TOKEN,
  };
  const manifest = Manifest.parse(JSON.parse(await readFile(join(root, 'functions/manifest.json'), 'utf8')));

  return {
    environment,
    manifest,
    terminal,
    now: Date.now,
    wait: ms => wait<undefined>(ms),
    randomBytes,
    ports: {
      store: googleSecretStore({ ...google, project, url: config.SECRET_MANAGER_URL }),
      functions: googleFunctionSecrets({ ...google, project, region, url: config.CLOUD_FUNCTIONS_URL }),
      workers: cloudflareWorkerSecrets(cloudflare),
      tokens: cloudflareApiTokens(cloudflare),
      github: githubCliSecrets({ environment: name, program: config.GH_PROGRAM }),
      swarm: sopsSwarmFile(join(root, `secrets/${name}/swarm.sops.yaml`)),
    },
    async outputs() {
      const text = await readOutputs(root, name, outputsFile);
      return text.ok ? checkOutputs(text.value, environment) : text;
    },
    databaseKeys: ({ qdrant }) =>
      qdrantCloudKeys({
        fetch,
        url: config.QDRANT_CLOUD_URL,
        managementKey: config.QDRANT_CLOUD_API_KEY,
        accountId: terraform.qdrant.account_id,
        clusterId: qdrant.cluster_id,
        clusterUrl: qdrant.url.replace(/\/+$/u, ''),
      }),
  };
}

async function readOutputs(root: string, name: string, file: string | undefined): Promise<Result<string, string>> {
  const folder = `terraform/environments/${name}`;
  try {
    if (file !== undefined) return ok(await readFile(file, 'utf8'));
    const { stdout } = await promisify(execFile)('terraform', [`-chdir=${join(root, folder)}`, 'output', '-json']);
    return ok(stdout);
  } catch {
    // What Terraform says may hold addresses of the state; the next step is the same for all of it.
    const next = `terraform -chdir=${folder} init, then apply; or give --outputs FILE`;
    return err(`The outputs of Terraform cannot be read. Next: ${next}.`);
  }
}

/** Keys of one environment kept in another one would be found out late. */
function checkOutputs(text: string, { name, terraform }: EnvironmentValues): Result<TerraformOutputs, string> {
  const parsed = parseOutputs(text);
  if (!parsed.ok) return err(parsed.error.sentence);
  const { project_id: project } = parsed.value.functions;
  return project === terraform.google.project_id
    ? ok(parsed.value)
    : err(`These are the outputs of ${project}, and ${name} is ${terraform.google.project_id}: the wrong environment.`);
}
