import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { swarmExample } from '@innkeeper/secrets/catalogue/swarm-example';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import * as z from 'zod';

/** `.sops.yaml` and the examples, against Terraform and the catalogue. sops itself is not needed to look at them. */
const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const ENVIRONMENTS = ['dev', 'staging', 'prod'] as const;

const Rules = z.object({
  creation_rules: z.array(z.strictObject({ path_regex: z.string(), gcp_kms: z.string(), age: z.string() })),
});
const rules = Rules.parse(parseYaml(read('.sops.yaml'))).creation_rules;
const rulesFor = (path: string) => rules.filter(rule => new RegExp(rule.path_regex, 'u').test(path));

const PLACEHOLDER = 'age1-recipient-of-the-key-in-the-safe'; // which sops refuses
const RECIPIENT = /^age1[02-9ac-hj-np-z]{58}$/u;

describe.each(ENVIRONMENTS)('.sops.yaml in %s', environment => {
  it('encrypts with the key that Terraform makes there, and with no other environment’s', () => {
    const values = JSON.parse(read(`terraform/environments/${environment}/terraform.tfvars.json`)) as unknown;
    const { google } = z.object({ google: z.object({ project_id: z.string(), region: z.string() }) }).parse(values);
    const kms = read('terraform/modules/gcp/identity/kms.tf');
    const nameOf = (type: string): string | undefined =>
      new RegExp(`resource "${type}" "\\w+" \\{[\\s\\S]*?name\\s+= "(.*)"`, 'u').exec(kms)?.[1];
    const ring = nameOf('google_kms_key_ring');
    const key = nameOf('google_kms_crypto_key');
    expect(rulesFor(`secrets/${environment}/swarm.sops.yaml`)).toMatchObject([
      {
        gcp_kms: `projects/${google.project_id}/locations/${google.region}/keyRings/${ring}/cryptoKeys/${key}`,
      },
    ]);
  });

  it('lets nothing else through', () => {
    const others = [
      `secrets/${environment}/swarm.yaml`,
      `secrets/${environment}/old/a.sops.yaml`,
      `x/secrets/dev/a.sops.yaml`,
    ];
    expect(others.flatMap(rulesFor)).toEqual([]);
  });

  it('has a recipient for the safe, or a place where sops stops until there is one', () => {
    const [rule] = rulesFor(`secrets/${environment}/swarm.sops.yaml`);
    expect(rule?.age === PLACEHOLDER || RECIPIENT.test(rule?.age ?? '')).toBe(true);
  });

  it('has an example with every name and no value', async () => {
    const path = `secrets/${environment}/swarm.example.yaml`;
    const { swarm_secrets: example } = z
      .object({ swarm_secrets: z.record(z.string(), z.literal('')) })
      .parse(parseYaml(read(path)));
    expect(Object.keys(example)).not.toHaveLength(0);
    // Written anew by `vitest run scripts/secrets --update`.
    await expect(swarmExample()).toMatchFileSnapshot(join(ROOT, path));
  });
});
