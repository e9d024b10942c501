import type { VaultClaims, VaultScope } from '@innkeeper/shared/contracts/backup/vault-token';
import { err, ok, type Result, unreachable } from '@innkeeper/shared/result/result';
import type { ObjectId, VaultRequest } from './route.ts';

/**
 * Who may do what: one table of scope and operation, and the conditions some cells have. Pure; the facts a condition
 * needs are looked up by the caller, and only then.
 */
export type Permission =
  | 'never'
  | 'always'
  /** Only as long as the repository has no `config`. */
  | 'before_config'
  /** Only what has been stored for the minimum age of its type. */
  | 'when_old_enough';

export type Denial = 'foreign_repository' | 'scope_forbids' | 'repository_exists' | 'too_young';

export interface AgeLimits {
  /** Seconds since the object was stored. */
  readonly snapshots: number;
  readonly data: number;
}

export interface Facts {
  /** Asked for by `before_config`. */
  readonly configExists?: boolean;
  /** Asked for by `when_old_enough`. */
  readonly object?: { readonly uploadedAt: Date } | 'absent';
}

export function permissionFor(scope: VaultScope, request: VaultRequest): Permission {
  switch (request.kind) {
    case 'list':
    case 'stat':
    case 'read':
      return 'always';
    case 'audit':
      return scope === 'append' || scope === 'create' ? 'never' : 'always';
    case 'create_repository':
      return scope === 'read' ? 'never' : 'always'; // Nothing is done: a bucket has no folders to make.
    case 'store':
      return STORE[request.object.type][scope] ?? 'never';
    case 'delete':
      return DELETE[request.object.type][scope] ?? 'never';
    default:
      return unreachable(request);
  }
}

type Row = Readonly<Partial<Record<VaultScope, Permission>>>;
type Table = Readonly<Record<ObjectId['type'], Row>>;

/** A missing cell means never. Nothing that exists is ever overwritten, whatever stands here. */
const STORE: Table = {
  config: { create: 'always' },
  keys: { create: 'before_config' },
  snapshots: { append: 'always' },
  data: { append: 'always', maintain: 'always' },
  index: { append: 'always', maintain: 'always' },
  locks: { append: 'always', forget: 'always', maintain: 'always' },
};

const DELETE: Table = {
  config: {},
  /** What an interrupted `init` left, which would keep the next one from beginning. */
  keys: { create: 'before_config' },
  snapshots: { forget: 'when_old_enough', maintain: 'when_old_enough' },
  /** Nobody here can tell whether a young snapshot needs an old pack: this belongs to the nights that prune. */
  data: { maintain: 'when_old_enough' },
  index: { maintain: 'always' },
  locks: { append: 'always', forget: 'always', maintain: 'always' },
};

export function authorise(
  claims: Pick<VaultClaims, 'scope' | 'repository'>,
  request: VaultRequest,
  facts: Facts,
  now: Date,
  minimumAge: AgeLimits,
): Result<void, Denial> {
  if (claims.repository !== request.repository) return err('foreign_repository');
  const permission = permissionFor(claims.scope, request);
  switch (permission) {
    case 'always':
      return ok(undefined);
    case 'never':
      return err('scope_forbids');
    case 'before_config':
      return facts.configExists === false ? ok(undefined) : err('repository_exists');
    case 'when_old_enough':
      return isOldEnough(request, facts, now, minimumAge) ? ok(undefined) : err('too_young');
    default:
      return unreachable(permission);
  }
}

function isOldEnough(request: VaultRequest, { object }: Facts, now: Date, minimumAge: AgeLimits): boolean {
  if (request.kind !== 'delete' || object === undefined) return false;
  if (object === 'absent') return true; // Asked again after a lost reply: there is nothing left to protect.
  const seconds = request.object.type === 'snapshots' ? minimumAge.snapshots : minimumAge.data;
  return now.getTime() - object.uploadedAt.getTime() >= seconds * 1000;
}
