import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnvironmentName } from '@innkeeper/deployment/environment/environment-values';

/** A JSON file as it is, with the keys that nobody here needs to know. */
type Json = Record<string, unknown>;

export interface WrittenFiles {
  /** Changes `terraform/environments/ENV/terraform.tfvars.json`. */
  terraform(change: (values: Json) => Json): Promise<void>;
  /** Changes `packages/deployment/settings/ENV.json`. */
  settings(change: (settings: Json) => Json): Promise<void>;
}

/** What an operator writes into files by hand, in the copy that lies in `root`. */
export function writtenFiles(root: string, name: EnvironmentName): WrittenFiles {
  const changing = (path: string) => async (change: (values: Json) => Json) => {
    const file = join(root, path);
    const values = JSON.parse(await readFile(file, 'utf8')) as Json;
    await writeFile(file, `${JSON.stringify(change(values), undefined, 2)}\n`);
  };
  return {
    terraform: changing(`terraform/environments/${name}/terraform.tfvars.json`),
    settings: changing(`packages/deployment/settings/${name}.json`),
  };
}

/** Names that no DNS will ever know. */
export const DOMAIN = 'rehearsal.test';

/** Invented accounts in the place of those that the repository's values leave open. */
export function inventAccounts(values: Json): Json {
  const part = (key: string): Json => values[key] as Json;
  const hostnames = Object.entries(part('hostnames')).map(([key, name]) => [
    key,
    `${String(name).split('.')[0]}.${DOMAIN}`,
  ]);
  return {
    ...values,
    domain: DOMAIN,
    hostnames: Object.fromEntries(hostnames) as Json,
    cloudflare: { ...part('cloudflare'), account_id: '5ca1ab1e'.repeat(4), zone_id: '0ddba11c'.repeat(4) },
    google: {
      ...part('google'),
      project_id: 'innkeeper-rehearsal',
      project_number: '424242424242',
      billing_account: '0F0F0F-0F0F0F-0F0F0F',
    },
    qdrant: {
      ...part('qdrant'),
      account_id: '7e57ab1e-0000-4000-8000-000000000001',
      package_id: '7e57ab1e-0000-4000-8000-000000000002',
    },
  };
}
