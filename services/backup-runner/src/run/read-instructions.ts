import { readFile } from 'node:fs/promises';
import { RunInstructions } from '@innkeeper/shared/contracts/backup/instructions';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/** The file that cloud-init wrote. A problem names fields, never values: one of them is the token. */
export async function readInstructions(path: string): Promise<Result<RunInstructions, { readonly problem: string }>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return err({ problem: `cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : ''})` });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err({ problem: 'is no JSON' }); // The parser's message quotes the file.
  }
  const parsed = RunInstructions.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const fields = parsed.error.issues.map(issue => issue.path.join('.') || issue.code);
  return err({ problem: `is not what the function writes: ${[...new Set(fields)].join(', ')}` });
}
