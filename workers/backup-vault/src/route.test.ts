import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { objectKey } from './objects/vault-objects.ts';
import { route, type VaultRequest } from './route.ts';

const NAME = '0a'.repeat(32);

describe('what restic asks for', () => {
  const object = { type: 'data', name: NAME } as const;
  test.each<[string, string, VaultRequest]>([
    ['POST', '/company/?create=true', { kind: 'create_repository', repository: 'company' }],
    ['POST', '/company?create=true', { kind: 'create_repository', repository: 'company' }],
    ['HEAD', '/company/config', { kind: 'stat', repository: 'company', object: { type: 'config' } }],
    ['POST', '/a/b/c/d/config', { kind: 'store', repository: 'a/b/c/d', object: { type: 'config' } }],
    ['GET', '/company/data/', { kind: 'list', repository: 'company', type: 'data' }],
    ['GET', `/company/data/${NAME}`, { kind: 'read', repository: 'company', object }],
    ['DELETE', `/company/data/${NAME}`, { kind: 'delete', repository: 'company', object }],
  ])('%s %s', (method, target, request) => {
    expect(route(method, target)).toEqual({ ok: true, value: request });
  });
});

describe('what nobody should ask for', () => {
  test.each([
    ['GET', '', 'path_malformed'],
    ['GET', '/', 'path_malformed'],
    ['GET', 'company/data/', 'path_malformed'],
    ['GET', '//company/data/', 'path_malformed'],
    ['GET', '/company//data/', 'path_malformed'],
    ['GET', '/company/../other/config', 'path_malformed'],
    ['GET', '/company/data/../config', 'path_malformed'],
    ['GET', '/company/data/..', 'name_malformed'],
    ['GET', '/company/%2e%2e/other/config', 'path_malformed'],
    ['GET', '/company%2fdata/', 'path_malformed'],
    ['GET', `/company/data%2f${NAME}`, 'path_malformed'],
    ['GET', `/company/data/%30${NAME.slice(1)}`, 'name_malformed'],
    ['GET', `/company/data/${NAME.toUpperCase()}`, 'name_malformed'],
    ['GET', `/company/data/${NAME}0`, 'name_malformed'],
    ['GET', `/company/data/${NAME}\u0000`, 'name_malformed'],
    ['GET', `/company/data/0a/${NAME}`, 'path_malformed'],
    ['GET', `/company/data/${NAME}/`, 'path_malformed'],
    ['GET', '/company/config/', 'path_malformed'],
    ['GET', '/company/data', 'path_unknown'],
    ['GET', '/company/tmp/', 'method_not_allowed'],
    ['GET', '/Company/data/', 'path_malformed'],
    ['GET', '/-company/data/', 'path_malformed'],
    ['GET', '/a/b/c/d/e/data/', 'path_malformed'],
    ['GET', '/data/', 'path_malformed'],
    ['GET', '/company/data/?x=1', 'query_unknown'],
    ['POST', '/company/?create=false', 'query_unknown'],
    ['POST', '/company/', 'query_unknown'],
    ['POST', '/company/data/', 'method_not_allowed'],
    ['PUT', `/company/data/${NAME}`, 'method_not_allowed'],
    ['GET', `/${'a'.repeat(2_000)}/config`, 'path_malformed'],
  ])('%s %j is %s', (method, target, reason) => {
    expect(route(method, target)).toEqual({ ok: false, error: reason });
  });
});

describe('the record of deletions', () => {
  test('is read from an instant on, and from an entry on', () => {
    expect(route('GET', '/_vault/company/audit?since=2026-11-21T02:30:00Z&after=7')).toEqual({
      ok: true,
      value: { kind: 'audit', repository: 'company', since: new Date('2026-11-21T02:30:00Z'), after: 7 },
    });
    expect(route('GET', '/_vault/a/b/audit')).toEqual({
      ok: true,
      value: { kind: 'audit', repository: 'a/b', since: undefined, after: 0 },
    });
  });

  test.each([
    ['GET', '/_vault/company', 'path_unknown'],
    ['GET', '/_vault/audit', 'path_malformed'],
    ['GET', '/_vault/config/audit', 'path_malformed'],
    ['DELETE', '/_vault/company/audit', 'method_not_allowed'],
    ['GET', '/_vault/company/audit?since=yesterday', 'query_unknown'],
    ['GET', '/_vault/company/audit?since=2026-13-41T00:00:00Z', 'query_unknown'],
    ['GET', '/_vault/company/audit?after=-1', 'query_unknown'],
    ['GET', '/_vault/company/audit?until=2026-11-21T02:30:00Z', 'query_unknown'],
  ])('%s %j is %s', (method, target, reason) => {
    expect(route(method, target)).toEqual({ ok: false, error: reason });
  });
});

const segment = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/u);
const type = fc.constantFrom('data', 'keys', 'locks', 'snapshots', 'index');
const piece = fc.oneof(
  { weight: 4, arbitrary: segment },
  { weight: 3, arbitrary: type },
  { weight: 2, arbitrary: fc.stringMatching(/^[0-9a-f]{64}$/u) },
  fc.constantFrom('config', '', '.', '..', '%2e%2e', '%2f', '_vault', 'audit', '?create=true', '\\', '\u0000'),
  fc.string({ maxLength: 6 }),
);

const HASH = '[0-9a-f]{64}';
const REPOSITORY = '[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*){0,3}';
const KEY = new RegExp(
  `^${REPOSITORY}/(?:config|data/[0-9a-f]{2}/${HASH}|(?:keys|locks|snapshots|index)/${HASH})$`,
  'u',
);

describe('whatever is asked', () => {
  test('is an object in its repository, spelt in exactly one way, or refused', () => {
    const target = fc.array(piece, { maxLength: 8 }).map(pieces => `/${pieces.join('/')}`);
    fc.assert(
      fc.property(fc.constantFrom('GET', 'HEAD', 'POST', 'DELETE', 'PUT'), target, (method, asked) => {
        const routed = route(method, asked);
        if (!routed.ok || !('object' in routed.value)) return;
        const { repository, object } = routed.value;
        expect(asked).toBe(`/${repository}/${object.type === 'config' ? 'config' : `${object.type}/${object.name}`}`);
        expect(objectKey(repository, object)).toMatch(KEY);
      }),
      { numRuns: 2_000 },
    );
  });

  test('two objects never share a place in the bucket', () => {
    const name = fc.stringMatching(/^[0-9a-f]{64}$/u);
    const object = fc.tuple(fc.array(segment, { minLength: 1, maxLength: 5 }), type, name);
    fc.assert(
      fc.property(object, object, ([pathA, typeA, nameA], [pathB, typeB, nameB]) => {
        const a = route('GET', `/${pathA.join('/')}/${typeA}/${nameA}`);
        const b = route('GET', `/${pathB.join('/')}/${typeB}/${nameB}`);
        if (!a.ok || !b.ok || !('object' in a.value) || !('object' in b.value)) return;
        const sameKey = objectKey(a.value.repository, a.value.object) === objectKey(b.value.repository, b.value.object);
        expect(sameKey).toBe(`${pathA.join('/')} ${typeA} ${nameA}` === `${pathB.join('/')} ${typeB} ${nameB}`);
      }),
    );
  });
});
