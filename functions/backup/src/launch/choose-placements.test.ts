import { describe, expect, test } from 'vitest';
import type { ServerImage } from '../ports.ts';
import { OFFERS, PREPARED_IMAGE } from '../testing/in-memory-servers.ts';
import { choosePlacements } from './choose-placements.ts';
import { isAtLeast } from './runner-version.ts';

const CANDIDATES = [
  { type: 'cx23', location: 'nbg1' },
  { type: 'cpx22', location: 'fsn1' },
];

const choose = (images: readonly ServerImage[], candidates = CANDIDATES) =>
  choosePlacements({ images, offers: OFFERS, candidates, runnerVersionMin: '0.1.0' });

const image = (changes: Partial<ServerImage>): ServerImage => ({ ...PREPARED_IMAGE, ...changes });

describe('which snapshot on which server', () => {
  test('candidates keep their order, each with the newest snapshot that fits it', () => {
    const large = image({ id: 2, diskGb: 80, runnerVersion: '0.2.0' });
    const placements = choose([large, PREPARED_IMAGE]);
    expect(placements.ok && placements.value.map(({ offer, image }) => [offer.type, image.id])).toEqual([
      ['cx23', PREPARED_IMAGE.id],
      ['cpx22', 2],
    ]);
  });

  test('a newer snapshot of another protocol or an older runner is passed over', () => {
    const placements = choose([
      image({ id: 3, protocol: 2 }),
      image({ id: 4, runnerVersion: '0.0.9' }),
      PREPARED_IMAGE,
    ]);
    expect(placements.ok && placements.value[0]?.image.id).toBe(PREPARED_IMAGE.id);
  });

  test.each([
    ['no snapshot', [], CANDIDATES, 'no_snapshot_image'],
    ['an old runner', [image({ runnerVersion: '0.0.9' })], CANDIDATES, 'runner_outdated'],
    ['another protocol', [image({ protocol: 2 })], CANDIDATES, 'runner_outdated'],
    ['a snapshot that does not say', [image({ protocol: undefined })], CANDIDATES, 'runner_outdated'],
    ['a snapshot for Arm', [image({ architecture: 'arm' as const })], CANDIDATES, 'image_architecture_differs'],
    ['a large snapshot', [image({ diskGb: 160 })], CANDIDATES, 'image_larger_than_disk'],
    ['a type that is gone', [PREPARED_IMAGE], [{ type: 'cx11', location: 'nbg1' }], 'hetzner_refused'],
  ])('%s has its own reason', (_what, images, candidates, reason) => {
    expect(choose(images, candidates)).toMatchObject({ ok: false, error: { reason } });
  });
});

test.each([
  ['0.1.0', true],
  ['0.1.1', true],
  ['0.10.0', true],
  ['1.0.0', true],
  ['0.0.99', false],
  ['0.1', false],
  ['0.1.0-rc.1', false],
  [undefined, false],
])('runner %s is at least 0.1.0: %s', (version, expected) => {
  expect(isAtLeast(version, '0.1.0')).toBe(expected);
});
