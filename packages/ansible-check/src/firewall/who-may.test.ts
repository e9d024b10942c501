import { expect, test } from 'vitest';
import { DOORS, type DoorName, placesAround, wrongKnocks } from './who-may.ts';

const places = placesAround({ nodes: '10.30.1.0/24', backup: '10.30.2.0/28', operators: '203.0.113.0/29' });
const knocks = places.flatMap(({ name, mayOpen }) =>
  (Object.keys(DOORS) as DoorName[]).map(door => ({ place: name, door, isOpen: mayOpen.includes(door) })),
);

test('everybody where they may be', () => {
  expect(wrongKnocks(places, knocks)).toEqual([]);
  expect(places.find(({ name }) => name === 'the backup server')?.address).toBe('10.30.2.4');
});

test('a door that is open, shut or not tried is told', () => {
  const turned = knocks.map(knock =>
    knock.place === 'anybody' && ['mongodb', 'web'].includes(knock.door) ? { ...knock, isOpen: !knock.isOpen } : knock,
  );
  expect(wrongKnocks(places, turned)).toEqual([
    'anybody does not reach web (tcp 443)',
    'anybody reaches mongodb (tcp 27017)',
  ]);
  expect(wrongKnocks(places, knocks.slice(1))).toEqual(['another node never knocked at ssh']);
});
