import type { ResticSnapshot } from '../../src/restic/restic.ts';
import { succeeded } from '../succeeded.ts';
import type { BackupServer } from './backup-server.ts';

/**
 * That the vault's rules are on: the night's credential may not remove the oldest snapshot, and the one for retention
 * not the newest. A sentence when one of them may.
 */
export async function probeRules(
  server: BackupServer,
  oldestFirst: readonly ResticSnapshot[],
): Promise<string | undefined> {
  const attempts = [
    { scope: 'append', id: oldestFirst.at(0)?.id ?? '' },
    { scope: 'forget', id: oldestFirst.at(-1)?.id ?? '' },
    { scope: 'maintain', id: oldestFirst.at(-1)?.id ?? '' },
  ] as const;
  for (const { scope, id } of attempts) {
    const restic = await server.open(scope);
    await restic.forget([id]); // Answers with a failure or with nothing removed: what counts is what is there.
    const there = await succeeded(restic.snapshots());
    if (!there.some(snapshot => snapshot.id === id)) return `the ${scope} credential could remove snapshot ${id}`;
  }
  return undefined;
}
