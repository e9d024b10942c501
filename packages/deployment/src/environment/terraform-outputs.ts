import type { Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import { type EnvironmentProblem, parseJson } from './read-environment.ts';

const Texts = z.record(z.string(), z.string());
const output = <T>(value: z.ZodType<T>) => z.object({ value }).transform(each => each.value);

/** What `terraform output -json` prints, as far as programs use it (`terraform/composition/outputs.tf`). No secrets. */
const TerraformOutputs = z.object({
  nodes: output(
    z.record(
      z.string(),
      z.object({ public_ipv4: z.string(), public_ipv6: z.string(), private_ipv4: z.string(), location: z.string() }),
    ),
  ),
  functions: output(
    z.object({
      project_id: z.string(),
      region: z.string(),
      databases: Texts,
      urls: Texts,
      service_accounts: Texts,
      eventarc_account: z.string(),
      build_account: z.string(),
      min_instances: z.record(z.string(), z.int()),
      cloudflare_ai_account: z.string(),
      pubsub_topics: Texts,
      dead_letter_push: z.string(),
      scheduler_account: z.string(),
    }),
  ),
  backup: output(z.record(z.string(), z.union([z.string(), z.number()]))),
  workers: output(
    z.object({
      account_id: z.string(),
      project_id: z.string(),
      urls: Texts,
      queues: Texts,
      buckets: z.object({ overflow: z.string(), backup: z.string(), jurisdiction: z.string() }),
      workload_identity: z.record(
        z.string(),
        z.object({ audience: z.string(), issuer: z.string(), subject: z.string() }),
      ),
      vault: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
  qdrant: output(z.object({ cluster_id: z.string(), url: z.url() })),
  secrets: output(z.object({ ids: z.array(z.string()), cloudflare: Texts, sops_gcp_kms: z.string() })),
});
export type TerraformOutputs = z.infer<typeof TerraformOutputs>;

/** Parses what `terraform -chdir=terraform/environments/ENV output -json` printed. */
export function parseOutputs(text: string): Result<TerraformOutputs, EnvironmentProblem> {
  return parseJson('terraform output -json', text, TerraformOutputs);
}
