import type { EnvironmentName } from '../environment/environment-values.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { parseOutputs } from '../environment/terraform-outputs.ts';
import { readManifest } from '../functions/manifest.ts';
import type { Described } from '../worker-configuration/worker-variables.ts';
import { exampleOutputs } from './example-outputs.ts';

/** An environment of this repository, with what Terraform would say of it and a key for the vault. */
export async function exampleDescribed(root: string, name: EnvironmentName): Promise<Described> {
  const values = await readEnvironment(root, name);
  const manifest = await readManifest(root);
  if (!values.ok || !manifest.ok) throw new Error(`${name} cannot be read`);
  const outputs = parseOutputs(JSON.stringify(exampleOutputs(values.value, manifest.value)));
  if (!outputs.ok) throw new Error(outputs.error.sentence);
  const key = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43), kid: '2026-11' };
  const settings = { ...values.value.settings, vaultPublicKeys: [key] };
  return { values: { ...values.value, settings }, outputs: outputs.value };
}
