import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EnvironmentValues } from '@innkeeper/deployment/environment/environment-values';
import { parseOutputs } from '@innkeeper/deployment/environment/terraform-outputs';
import type { Manifest } from '@innkeeper/deployment/functions/manifest';
import { exampleOutputs } from '@innkeeper/deployment/testing/example-outputs';
import { allConfigurations, writeConfiguration } from '@innkeeper/deployment/worker-configuration/write-configurations';
import type { Tried } from './tried.ts';

/**
 * Wrangler makes of every Worker what it would upload, under the configuration the environment is deployed with; what
 * only Terraform knows is invented. Asks nobody, and needs no account.
 */
export async function dryRunWorkers(root: string, read: EnvironmentValues, manifest: Manifest): Promise<Tried[]> {
  const environment = read.name;
  const values = read.settings.vaultPublicKeys.length > 0 ? read : withInventedKey(read);
  const outputs = parseOutputs(JSON.stringify(exampleOutputs(values, manifest)));
  if (!outputs.ok) return [{ environment, what: 'Workers', problem: outputs.error.sentence }];
  const configurations = await allConfigurations(root, { values, outputs: outputs.value });
  if (!configurations.ok) return [{ environment, what: 'Workers', problem: configurations.error.sentence }];
  const tried: Tried[] = [];
  for (const [worker, configuration] of configurations.value) {
    const path = await writeConfiguration(root, environment, worker, configuration);
    tried.push({ environment, what: `worker ${worker}`, ...(await dryRun(root, path)) });
  }
  return tried;
}

/** Of an environment that has no key of the vault yet; it is never deployed like this. */
const withInventedKey = (values: EnvironmentValues): EnvironmentValues => ({
  ...values,
  settings: {
    ...values.settings,
    vaultPublicKeys: [{ kty: 'OKP', crv: 'Ed25519', kid: 'none-yet', x: 'A'.repeat(43) }],
  },
});

async function dryRun(root: string, configuration: string): Promise<Pick<Tried, 'size' | 'problem'>> {
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-dry-run-'));
  try {
    const args = ['deploy', '--dry-run', '--config', configuration, '--outdir', folder];
    const wrangler = join(root, 'packages/deployment/node_modules/.bin/wrangler');
    const { stdout } = await promisify(execFile)(wrangler, args, {
      env: { ...process.env, NO_COLOR: '1', WRANGLER_SEND_METRICS: 'false', CI: 'true' },
    });
    const size = /gzip: (?<size>[\d.]+ \w+)/u.exec(stdout)?.groups?.['size'];
    return size === undefined ? { problem: 'wrangler does not say how large it is' } : { size: `${size}, gzip` };
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return { problem: `${stdout}\n${stderr}`.trim().slice(-2_000) || String(error) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
