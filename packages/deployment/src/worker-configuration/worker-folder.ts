import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import * as z from 'zod';
import type { Trouble } from '../programs/trouble.ts';

/** What a deployment changes of `workers/NAME/wrangler.jsonc`; everything else is handed on as it is. */
const BaseConfiguration = z.looseObject({
  name: z.string(),
  main: z.string(),
  queues: z
    .looseObject({
      producers: z.array(z.looseObject({ queue: z.string() })).optional(),
      consumers: z.array(z.looseObject({ queue: z.string(), dead_letter_queue: z.string().optional() })).optional(),
    })
    .optional(),
  r2_buckets: z.array(z.looseObject({ binding: z.string(), bucket_name: z.string() })).optional(),
  durable_objects: z.looseObject({ bindings: z.array(z.looseObject({ name: z.string() })) }).optional(),
  migrations: z.array(z.looseObject({ tag: z.string() })).optional(),
});
export type BaseConfiguration = z.infer<typeof BaseConfiguration>;

export interface WorkerFolder {
  readonly name: string;
  readonly base: BaseConfiguration;
}

/** Every folder of `workers/`, by name. */
export async function readWorkerFolders(root: string): Promise<Result<readonly WorkerFolder[], Trouble>> {
  const names = (await readdir(join(root, 'workers'), { withFileTypes: true }))
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .toSorted();
  const folders: WorkerFolder[] = [];
  for (const name of names) {
    const file = `workers/${name}/wrangler.jsonc`;
    const base = parseBase(file, await readFile(join(root, file), 'utf8'));
    if (!base.ok) return base;
    folders.push({ name, base: base.value });
  }
  return ok(folders);
}

function parseBase(file: string, text: string): Result<BaseConfiguration, Trouble> {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) {
    const sentence = `${file} is not JSON with comments: ${printParseErrorCode(error.error)} at ${error.offset}.`;
    return err({ sentence, nextStep: 'Mend the file.' });
  }
  const parsed = BaseConfiguration.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const problems = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  return err({ sentence: `${file}: ${problems}.`, nextStep: 'Mend the file.' });
}
