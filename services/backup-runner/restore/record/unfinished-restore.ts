import { readFile, rm, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import type { RestoreWhat } from '../command-line/restore-command.ts';

/**
 * A mark beside the target folder for as long as a restore is under way. The same restore finds it and may go on in a
 * target that is not empty any more; another one does not.
 */
export interface UnfinishedRestore {
  /** When the same restore was begun before, if it was. */
  findEarlier(): Promise<Date | undefined>;
  begin(at: Date): Promise<void>;
  finish(): Promise<void>;
}

const Mark = z.object({ v: z.literal(1), order: z.string(), startedAt: z.iso.datetime() });

export function unfinishedRestore(folder: string, runId: string, what: RestoreWhat): UnfinishedRestore {
  const file = `${folder}.unfinished-restore.json`;
  const order = JSON.stringify([runId, what]);
  return {
    async findEarlier() {
      const text = await readIfThere(file);
      if (text === undefined) return undefined;
      const mark = Mark.safeParse(parseJson(text));
      return mark.success && mark.data.order === order ? new Date(mark.data.startedAt) : undefined;
    },
    begin: at => writeFile(file, JSON.stringify({ v: 1, order, startedAt: at.toISOString() }), { mode: 0o600 }),
    finish: () => rm(file, { force: true }),
  };
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Cut off while it was written: no mark of anything.
  }
}
