import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Functions } from './monthly-cost.ts';

const Manifest = z.record(
  z.string(),
  z.object({
    minInstances: z.int(),
    memory: z.string().regex(/^\d+Mi$/u),
    cpu: z.number(),
    secrets: z.record(z.string(), z.string()),
  }),
);

/** Of `functions/manifest.json` what costs money while nobody calls. Throws where the manifest is none. */
export async function readFunctions(root: string): Promise<Functions> {
  return Manifest.parse(JSON.parse(await readFile(join(root, 'functions/manifest.json'), 'utf8')));
}
