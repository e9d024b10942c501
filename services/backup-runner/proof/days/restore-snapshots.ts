import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Restic, ResticSnapshot } from '../../src/restic/restic.ts';
import { succeeded } from '../succeeded.ts';
import { contentOf, PROVEN_SOURCES, type ProvenSource } from './backup-server.ts';

/** Reads every snapshot back and compares its bytes with what was backed up. Answers with those that differ. */
export async function findUnrestorable(restic: Restic, snapshots: readonly ResticSnapshot[]): Promise<string[]> {
  const damaged: string[] = [];
  for (const { id, time, tags } of snapshots) {
    const source = tagged(tags, 'source') as ProvenSource;
    const expected = contentOf(source, tagged(tags, 'run'));
    let restored: Buffer | undefined;
    await succeeded(
      restic.dump(id, PROVEN_SOURCES[source], async (bytes: Readable) => {
        restored = await buffer(bytes);
      }),
    );
    if (restored?.equals(expected) !== true) damaged.push(`${source} of ${time}`);
  }
  return damaged;
}

function tagged(tags: readonly string[], name: string): string {
  return tags.find(tag => tag.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}
