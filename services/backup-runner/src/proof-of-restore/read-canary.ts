import { buffer } from 'node:stream/consumers';
import { err, ok } from '@innkeeper/shared/result/result';
import type { RunContext, StepResult } from '../run/step.ts';
import { CONFIGURATION_FILE, ConfigurationFile } from '../sources/configuration-file.ts';
import { readRecord } from '../sources/run-record.ts';

/**
 * The random value that this run wrote, read back out of the vault. Answers it; `canary_missing` when it is another.
 */
export async function readCanary(context: RunContext, snapshotId: string): StepResult<string> {
  const written = await readRecord(context, 'canary');
  let text = '';
  const read = await context.restic.dump(snapshotId, CONFIGURATION_FILE, async bytes => {
    text = (await buffer(bytes)).toString('utf8');
  });
  if (!read.ok) return read;
  const canary = canaryIn(text);
  if (canary !== undefined && canary === written) return ok(canary);
  return err({ reason: 'canary_missing', detail: 'What was read back is not what this run wrote.' });
}

function canaryIn(text: string): string | undefined {
  try {
    return ConfigurationFile.parse(JSON.parse(text)).canary;
  } catch {
    return undefined; // No such file: what was written is not there.
  }
}
