import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The files of prod as this repository has them, with everything deployed, in a folder of their own. */
const ROOT = join(import.meta.dirname, '../../../..');
const VALUES = 'terraform/environments/prod/terraform.tfvars.json';
const FILES = [VALUES, 'packages/deployment/settings/prod.json', 'functions/manifest.json'];

export interface ProdValues {
  readonly project: string;
  readonly accountId: string;
  readonly zoneId: string;
  readonly hostnames: Readonly<Record<string, string>>;
  readonly nodes: readonly string[];
}

export function copyProd(root: string): ProdValues {
  for (const file of FILES) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(ROOT, file), join(root, file));
  }
  const values = JSON.parse(readFileSync(join(root, VALUES), 'utf8')) as {
    hostnames: Record<string, string>;
    google: { project_id: string };
    cloudflare: { account_id: string; zone_id: string };
    hetzner: { nodes: Record<string, unknown> };
  };
  const deployed = { functions: true, swarm: true, workers: true };
  writeFileSync(join(root, VALUES), JSON.stringify({ ...values, deployed }));
  return {
    project: values.google.project_id,
    accountId: values.cloudflare.account_id,
    zoneId: values.cloudflare.zone_id,
    hostnames: values.hostnames,
    nodes: Object.keys(values.hetzner.nodes),
  };
}
