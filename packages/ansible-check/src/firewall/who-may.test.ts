import { expect, test } from 'vitest';
import { PORTS, type PortName, placesAround, wrongKnocks } from './who-may.ts';

const places = placesAround({ nodes: '10.30.1.0/24', backup: '10.30.2.0/28', operators: '203.0.113.0/29' });
const knocks = places.flatMap(({ name, mayOpen }) =>
  (Object.keys(PORTS) as PortName[]).map(port => ({ place: name, port, isOpen: mayOpen.includes(port) })),
);

test('everybody where they may be', () => {
  expect(wrongKnocks(places, knocks)).toEqual([]);
  expect(places.find(({ name }) => name === 'the backup server')?.address).toBe('10.30.2.4');
});

test('a door that is open, shut or not tried is told', () => {
  const turned = knocks.map(knock =>
    knock.place === 'anybody' && ['mongodb', 'web'].includes(knock.port) ? { ...knock, isOpen: !knock.isOpen } : knock,
  );
  expect(wrongKnocks(places, turned)).toEqual(['anybody does not reach web (443)', 'anybody reaches mongodb (27017)']);
  expect(wrongKnocks(places, knocks.slice(1))).toEqual(['another node never knocked at ssh']);
});
