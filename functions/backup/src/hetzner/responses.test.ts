import { expect, test } from 'vitest';
import { ImagesReply, ServerTypesReply } from './responses.ts';

const meta = { pagination: { next_page: null } };

test('a server type or an image of a kind that is new keeps no night from finding its own', () => {
  const type = { name: 'rx13', architecture: 'riscv', disk: 40, prices: [], locations: [{ name: 'nbg1' }] };
  expect(ServerTypesReply.parse({ server_types: [type], meta }).server_types).toEqual([type]);
  const image = {
    id: 1,
    status: 'available',
    architecture: 'riscv',
    disk_size: 10,
    created: '2026-11-21T00:00:00Z',
    labels: {},
  };
  expect(ImagesReply.parse({ images: [image], meta }).images).toEqual([image]);
});
