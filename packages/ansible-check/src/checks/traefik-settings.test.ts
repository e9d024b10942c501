import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { proxyProblems, traefikProblems } from './traefik-settings.ts';

const EXAMPLES = join(import.meta.dirname, '__fixtures__');
const read = (name: string): Record<string, unknown> =>
  parse(readFileSync(join(EXAMPLES, name), 'utf8')) as Record<string, unknown>;
const fixed = read('traefik-static.yml');
const dynamic = read('traefik-dynamic.yml');

test('settings that fit together are well', () => {
  expect(traefikProblems(fixed, dynamic, [['traefik.http.routers.a.middlewares', 'secure-headers@file']])).toEqual([]);
});

test.each([
  ['an unknown key', { ...fixed, accesslogs: {} }, dynamic, [], 'Unrecognized key'],
  ['the provider of single hosts', { ...fixed, providers: { docker: {} } }, dynamic, [], 'providers'],
  ['a middleware of no kind', fixed, { ...dynamic, http: { middlewares: { odd: { rateLimits: {} } } } }, [], 'odd'],
  ['bodies kept on disk', fixed, { ...dynamic, http: { middlewares: { limit: { buffering: {} } } } }, [], 'limit'],
  ['a middleware nobody defines', fixed, dynamic, [['x.middlewares', 'secure@file']], 'secure@file'],
  ['an entry point that is not there', fixed, dynamic, [['x.entrypoints', 'https']], 'entry point https'],
] as const)('%s is told', (_, statics, dynamics, labels, sentence) => {
  expect(
    traefikProblems(
      statics,
      dynamics,
      labels.map(([a, b]) => [a, b]),
    ).join('\n'),
  ).toContain(sentence);
});

test('a proxy that refuses what Traefik asks, or lets through what it does not, is told', () => {
  const well = { NETWORKS: '1', NODES: '1', SERVICES: '1', TASKS: '1', POST: '0' };
  expect(proxyProblems(well)).toEqual([]);
  expect(proxyProblems({ ...well, NODES: '0' })).toEqual(['traefik: the socket proxy refuses NODES']);
  expect(proxyProblems({ ...well, POST: '1' })).toEqual(['traefik: the socket proxy lets writing requests through']);
});
