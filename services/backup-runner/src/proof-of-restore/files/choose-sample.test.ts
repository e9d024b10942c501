import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ResticNode } from '../../restic/restic.ts';
import { SampleChooser, sampleSize } from './choose-sample.ts';

const node = (path: string, size = 1, type: ResticNode['type'] = 'file'): ResticNode => ({
  path,
  type,
  size,
  mtime: '2026-11-21T02:30:00Z',
});

function choose(paths: readonly string[], seed: string, count: number): string[] {
  const chooser = new SampleChooser(seed, count);
  for (const path of paths) chooser.offer(node(path));
  return chooser.choose().map(({ path }) => path);
}

const paths = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 400 });

test('the same seed chooses the same files, in whatever order they come', () => {
  fc.assert(
    fc.property(paths, fc.string(), fc.integer({ min: 1, max: 20 }), (all, seed, count) => {
      const chosen = choose(all, seed, count);
      expect(choose(all.toReversed(), seed, count)).toEqual(chosen);
      expect(new Set(chosen).size).toBe(Math.min(count, all.length));
      expect(all).toEqual(expect.arrayContaining(chosen));
    }),
  );
});

test('over many nights every file has its turn', () => {
  const all = Array.from({ length: 40 }, (_, index) => `/files/${index}`);
  const seen = new Map<string, number>();
  for (let night = 0; night < 400; night++) {
    for (const path of choose(all, `canary ${night}`, 4)) seen.set(path, (seen.get(path) ?? 0) + 1);
  }
  const counts = [...seen.values()];
  expect(counts).toHaveLength(40);
  expect(Math.min(...counts)).toBeGreaterThan(15); // 40 expected; less than 15 has a chance below one in a million.
  expect(Math.max(...counts)).toBeLessThan(75);
});

test('a file whose name is no text is not chosen', () => {
  const chooser = new SampleChooser('seed', 5);
  for (const name of ['/a\uFFFD.jpg', '/Frühstück 🥐.jpg']) chooser.offer(node(name));
  expect(chooser.choose().map(({ path }) => path)).toEqual(['/Frühstück 🥐.jpg']);
});

test('folders and links are never chosen', () => {
  const chooser = new SampleChooser('seed', 5);
  chooser.offer(node('/a', 0, 'dir'));
  chooser.offer(node('/b', 0, 'symlink'));
  expect(chooser.choose()).toEqual([]);
});

test('the sample fits into its bytes, but there is always one', () => {
  const chooser = new SampleChooser('seed', 10);
  for (let nr = 0; nr < 10; nr++) chooser.offer(node(`/video-${nr}`, 600));
  expect(chooser.choose(1_500)).toHaveLength(2);
  expect(chooser.choose(100)).toHaveLength(1);
});

test.each([
  [1_000_000, 0.01, 2_000],
  [10_000, 0.01, 100],
  [10, 0.01, 5],
  [3, 0.01, 3],
  [0, 0.01, 0],
])('of %i files, a share of %f is %i', (total, share, size) => {
  expect(sampleSize(total, share)).toBe(size);
});
