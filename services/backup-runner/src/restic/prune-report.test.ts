import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pruneReport, refusedSnapshot } from './prune-report.ts';

/** Standard output and error of restic 0.19.1, against a vault that refused one of two packs. */
const REFUSED = readFileSync(new URL('__fixtures__/prune-refused.txt', import.meta.url), 'utf8').split('\n');
const MIB = 1024 * 1024;

describe('what prune says', () => {
  it('counts what the vault refused, though restic writes "removed" for it too', () => {
    expect(pruneReport(REFUSED)).toEqual({ freedBytes: Math.round((2.861 * MIB) / 2), refused: 1 });
  });

  it('frees all of its figure when nothing was refused', () => {
    const lines = REFUSED.filter(line => !line.startsWith('unable to remove'));
    expect(pruneReport(lines)).toEqual({ freedBytes: Math.round(2.861 * MIB), refused: 0 });
  });

  it.each([
    ['total prune:           0 blobs / 0 B', 0],
    ['total prune:           1 blobs / 734 B', 734],
    ['total prune:       99999 blobs / 1.500 GiB', 1.5 * 1024 * MIB],
    ['total prune:       99999 blobs / 2.000 TiB', 2 * 1024 * 1024 * MIB],
  ])('%s', (line, freedBytes) => {
    expect(pruneReport([line])).toEqual({ freedBytes, refused: 0 });
  });

  it('has no report for a text without the figure', () => {
    expect(pruneReport([])).toBeUndefined();
    expect(pruneReport(['total prune:           5 blobs / 2.862 parsec'])).toBeUndefined();
  });

  it('knows the snapshot that was not removed', () => {
    const id = '24efce98cb645538bdfade86bc76c715bcf74124e6a254b211266d374481e555';
    expect(refusedSnapshot(`unable to remove snapshot/${id} from the repository`)).toBe(id);
    expect(refusedSnapshot(`Remove(<snapshot/24efce98cb>) failed: unexpected HTTP response (403)`)).toBeUndefined();
  });
});
