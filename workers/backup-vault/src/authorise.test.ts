import { VAULT_MINIMUM_AGE_S, VaultScope } from '@innkeeper/shared/contracts/backup/vault-token';
import { describe, expect, test } from 'vitest';
import { authorise, type Facts, permissionFor } from './authorise.ts';
import type { VaultRequest } from './route.ts';

const NAME = '0a'.repeat(32);
const repository = 'company';
const types = ['config', 'keys', 'snapshots', 'data', 'index', 'locks'] as const;
const now = new Date('2026-11-21T02:30:00Z');

const on = (kind: 'stat' | 'read' | 'store' | 'delete', type: (typeof types)[number]): VaultRequest => ({
  kind,
  repository,
  object: type === 'config' ? { type } : { type, name: NAME },
});
const ask = (request: VaultRequest, scope: VaultScope, facts: Facts = {}) =>
  authorise({ scope, repository }, request, facts, now, VAULT_MINIMUM_AGE_S);

/** `+` always, `-` never, `c` before there is a config, `o` when old enough. In the order of the header. */
const LETTERS = { always: '+', never: '-', before_config: 'c', when_old_enough: 'o' } as const;
const MATRIX = `
                  append read forget maintain create
read  config      +      +    +      +        +
read  keys        +      +    +      +        +
read  snapshots   +      +    +      +        +
read  data        +      +    +      +        +
read  index       +      +    +      +        +
read  locks       +      +    +      +        +
store config      -      -    -      -        +
store keys        -      -    -      -        c
store snapshots   +      -    -      -        -
store data        +      -    -      +        -
store index       +      -    -      +        -
store locks       +      -    +      +        -
delete config     -      -    -      -        -
delete keys       -      -    -      -        c
delete snapshots  -      -    o      o        -
delete data       -      -    -      o        -
delete index      -      -    -      +        -
delete locks      +      -    +      +        -`;

describe('who may do what', () => {
  test('is this table', () => {
    const rows = (['read', 'store', 'delete'] as const).flatMap(kind =>
      types.map(type => {
        const cells = VaultScope.options.map(scope => [scope, LETTERS[permissionFor(scope, on(kind, type))]] as const);
        return { row: `${kind} ${type}`, ...Object.fromEntries(cells) };
      }),
    );
    const [header = '', ...lines] = MATRIX.trim().split('\n');
    const scopes = header.trim().split(/\s+/u);
    const expected = lines.map(line => {
      const [kind, type, ...cells] = line.split(/\s+/u);
      return { row: `${kind} ${type}`, ...Object.fromEntries(scopes.map((scope, index) => [scope, cells[index]])) };
    });
    expect(rows).toEqual(expected);
  });

  test('listing and asking for sizes is reading', () => {
    for (const scope of VaultScope.options) {
      expect(permissionFor(scope, { kind: 'list', repository, type: 'snapshots' })).toBe('always');
      expect(permissionFor(scope, on('stat', 'data'))).toBe('always');
    }
  });

  test('the record of deletions is for those who read and those who may delete', () => {
    const audit = { kind: 'audit', repository, since: undefined, after: 0 } as const;
    expect(VaultScope.options.filter(scope => permissionFor(scope, audit) === 'always')).toEqual([
      'read',
      'forget',
      'maintain',
    ]);
  });

  test('who only reads cannot say that a repository begins', () => {
    const create = { kind: 'create_repository', repository } as const;
    expect(VaultScope.options.filter(scope => permissionFor(scope, create) === 'never')).toEqual(['read']);
  });

  test.each(['other', 'company/inner', 'compan', ''])('a token for %j opens nothing here', other => {
    for (const scope of VaultScope.options) {
      const foreign = authorise(
        { scope, repository: other },
        on('read', 'config'),
        { configExists: false },
        now,
        VAULT_MINIMUM_AGE_S,
      );
      expect(foreign).toEqual({ ok: false, error: 'foreign_repository' });
    }
  });

  test('keys are only written and removed where nothing exists yet', () => {
    for (const kind of ['store', 'delete'] as const) {
      expect(ask(on(kind, 'keys'), 'create', { configExists: false, object: 'absent' }).ok).toBe(true);
      expect(ask(on(kind, 'keys'), 'create', { configExists: true })).toEqual({
        ok: false,
        error: 'repository_exists',
      });
      expect(ask(on(kind, 'keys'), 'create')).toEqual({ ok: false, error: 'repository_exists' });
    }
  });

  test.each([
    ['snapshots', VAULT_MINIMUM_AGE_S.snapshots],
    ['data', VAULT_MINIMUM_AGE_S.data],
  ] as const)('of %s, what is one millisecond too young stays', (type, seconds) => {
    const aged = (milliseconds: number) =>
      ask(on('delete', type), 'maintain', { object: { uploadedAt: new Date(now.getTime() - milliseconds) } });
    expect(aged(seconds * 1000)).toEqual({ ok: true, value: undefined });
    expect(aged(seconds * 1000 - 1)).toEqual({ ok: false, error: 'too_young' });
    expect(aged(-1)).toEqual({ ok: false, error: 'too_young' });
    expect(ask(on('delete', type), 'maintain', { object: 'absent' }).ok).toBe(true);
    expect(ask(on('delete', type), 'maintain')).toEqual({ ok: false, error: 'too_young' });
  });
});
