import { realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import type { FileEffect } from '@innkeeper/shared/contracts/backup/erasure-order';
import { err, ok } from '@innkeeper/shared/result/result';
import type { RestoreResult } from '../failure.ts';
import { isThere } from '../steps/target-folder.ts';
import type { ErasureReport } from './erasure-report.ts';

/**
 * Removes the ordered files and folders from a folder of restored ones. A restored link that leads out of the folder is
 * not followed: that would erase somebody else's files.
 */
export async function eraseFiles(folder: string, effects: readonly FileEffect[]): RestoreResult<ErasureReport> {
  const root = await realpath(folder);
  let applied = 0;
  for (const { path: filerPath } of effects) {
    const place = path.join(root, filerPath);
    if (!(await isThere(place))) continue;
    if ((await realpath(path.dirname(place))) !== path.dirname(place))
      return err({ reason: 'erasure_failed', sentence: `${filerPath} is behind a link: remove it by hand.` });
    await rm(place, { recursive: true });
    applied += 1;
  }
  const left = await Promise.all(effects.map(effect => isThere(path.join(root, effect.path))));
  return ok({
    places: effects.length,
    applied,
    alreadyDone: effects.length - applied,
    remaining: left.filter(Boolean).length,
  });
}
