import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { Trouble } from '../programs/trouble.ts';

/** One row of `functions/manifest.json`, which Terraform reads as well (`terraform/modules/gcp/functions`). */
const ManifestEntry = z
  .strictObject({
    source: z.string().regex(/^functions\/[a-z-]+$/u),
    entryPoint: z.string(),
    trigger: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('http'), invoker: z.enum(['scheduler', 'pubsub-push', 'public']) }),
      z.strictObject({
        kind: z.literal('firestore'),
        invoker: z.literal('eventarc'),
        database: z.enum(['business', 'ops']),
        document: z.string(),
      }),
    ]),
    ingress: z.enum(['ALLOW_ALL', 'ALLOW_INTERNAL_ONLY']),
    memory: z.string().regex(/^\d+Mi$/u),
    cpu: z.number().positive(),
    minInstances: z.int().nonnegative(),
    maxInstances: z.int().positive(),
    concurrency: z.int().positive(),
    timeoutSeconds: z.int().positive(),
    databases: z.array(z.string()),
    readsDatabaseBackups: z.boolean().optional(),
    /** Id of the secret by variable. */
    secrets: z.record(z.string(), z.string()),
    /** Variables among them that are left out where their secret has no version. */
    optionalSecrets: z.array(z.string()).default([]),
  })
  .refine(({ secrets, optionalSecrets }) => optionalSecrets.every(variable => variable in secrets), {
    path: ['optionalSecrets'],
    error: 'every optional secret must be one of secrets',
  });
export type ManifestEntry = z.infer<typeof ManifestEntry>;

export const Manifest = z.record(z.string(), ManifestEntry);
export type Manifest = z.infer<typeof Manifest>;

const FILE = 'functions/manifest.json';

export async function readManifest(root: string): Promise<Result<Manifest, Trouble>> {
  const parsed = Manifest.safeParse(JSON.parse(await readFile(join(root, FILE), 'utf8')));
  if (parsed.success) return ok(parsed.data);
  const problems = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  return err({ sentence: `${FILE}: ${problems}.`, nextStep: 'Mend the file.' });
}
