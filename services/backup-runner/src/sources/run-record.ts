import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { RunContext } from '../run/step.ts';

/**
 * What the steps that back up leave for the step that proves: files in the run's own folders, gone with the server. A
 * proof compares with these and never with what it has just restored.
 */
export const TableDigests = z.array(z.object({ table: z.string(), rows: z.int().nonnegative(), digest: z.string() }));

const RECORDS = { canary: z.string(), 'keycloak-tables': TableDigests } as const;
type RecordName = keyof typeof RECORDS;
type RecordOf<N extends RecordName> = z.infer<(typeof RECORDS)[N]>;

const fileOf = ({ secretDirectory }: RunContext, name: RecordName): string => join(secretDirectory, `${name}.json`);

export async function keepRecord<N extends RecordName>(
  context: RunContext,
  name: N,
  record: RecordOf<N>,
): Promise<void> {
  await writeFile(fileOf(context, name), JSON.stringify(record), { mode: 0o600 });
}

/** `undefined` when no step left it. */
export async function readRecord<N extends RecordName>(context: RunContext, name: N): Promise<RecordOf<N> | undefined> {
  const text = await readFile(fileOf(context, name), 'utf8').catch(() => undefined);
  // The compiler cannot follow a lookup by a type parameter.
  return text === undefined ? undefined : (RECORDS[name].parse(JSON.parse(text)) as RecordOf<N>);
}
