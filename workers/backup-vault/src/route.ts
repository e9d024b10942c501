import { err, ok, type Result } from '@innkeeper/shared/result/result';

/**
 * restic's REST protocol as typed requests, and the vault's own record of deletions beside it. Strict: what is not
 * spelt exactly as restic spells it is refused by name, so that no path has two meanings. Pure.
 */
export type ObjectType = 'data' | 'keys' | 'locks' | 'snapshots' | 'index';

/** `config` is the one object that is not named by the SHA-256 of its content. */
export type ObjectId =
  | { readonly type: 'config' }
  | {
      readonly type: ObjectType;
      /** 64 lower-case hex digits. */
      readonly name: string;
    };

export type VaultRequest =
  | { readonly kind: 'create_repository'; readonly repository: string }
  | { readonly kind: 'list'; readonly repository: string; readonly type: ObjectType }
  | {
      readonly kind: 'stat' | 'read' | 'store' | 'delete';
      readonly repository: string;
      readonly object: ObjectId;
    }
  | {
      readonly kind: 'audit';
      readonly repository: string;
      /** Entries written at or after this. */
      readonly since: Date | undefined;
      /** Entries behind the one with this number. */
      readonly after: number;
    };

export type RouteRefusal =
  | 'path_malformed'
  | 'path_unknown'
  | 'name_malformed'
  | 'query_unknown'
  | 'method_not_allowed';

const OBJECT_TYPES: ReadonlySet<string> = new Set(['data', 'keys', 'locks', 'snapshots', 'index']);
const REPOSITORY_SEGMENT = /^[a-z0-9][a-z0-9-]*$/u;
const REPOSITORY_SEGMENTS_MAX = 4;
/** Longer than any path restic can form of a repository's name within R2's 1,024 bytes of key. */
const TARGET_LENGTH_MAX = 1_200;

/** `target` as the client sent it: path and query, before anything is decoded or resolved. */
export function route(method: string, target: string): Result<VaultRequest, RouteRefusal> {
  if (target.length > TARGET_LENGTH_MAX) return err('path_malformed');
  const queryAt = target.indexOf('?');
  const path = queryAt === -1 ? target : target.slice(0, queryAt);
  const query = queryAt === -1 ? '' : target.slice(queryAt + 1);
  const [root, ...segments] = path.split('/');
  if (root !== '') return err('path_malformed');
  if (segments[0] === '_vault') return routeAudit(method, segments.slice(1), query);

  const at = segments.findIndex(segment => isReserved(segment) || segment === '');
  const repository = repositoryOf(at === -1 ? segments : segments.slice(0, at));
  if (repository === undefined) return err('path_malformed');
  const rest = at === -1 ? [] : segments.slice(at);
  if (rest.length === 0 || (rest.length === 1 && rest[0] === '')) return routeRoot(method, repository, query);
  if (query !== '') return err('query_unknown');
  return routeObjects(method, repository, rest);
}

function routeRoot(method: string, repository: string, query: string): Result<VaultRequest, RouteRefusal> {
  if (method !== 'POST') return err('method_not_allowed');
  return query === 'create=true' ? ok({ kind: 'create_repository', repository }) : err('query_unknown');
}

function routeObjects(
  method: string,
  repository: string,
  [type = '', name, ...more]: readonly string[],
): Result<VaultRequest, RouteRefusal> {
  if (type === 'config') {
    return name === undefined ? routeObject(method, repository, { type }) : err('path_malformed');
  }
  if (!isObjectType(type)) return err('path_malformed');
  if (name === undefined) return err('path_unknown');
  if (more.length > 0) return err('path_malformed');
  if (name === '') return method === 'GET' ? ok({ kind: 'list', repository, type }) : err('method_not_allowed');
  return isObjectName(name) ? routeObject(method, repository, { type, name }) : err('name_malformed');
}

function routeObject(method: string, repository: string, object: ObjectId): Result<VaultRequest, RouteRefusal> {
  switch (method) {
    case 'HEAD':
      return ok({ kind: 'stat', repository, object });
    case 'GET':
      return ok({ kind: 'read', repository, object });
    case 'POST':
      return ok({ kind: 'store', repository, object });
    case 'DELETE':
      return ok({ kind: 'delete', repository, object });
    default:
      return err('method_not_allowed');
  }
}

/** `_vault/<repository>/audit?since=<instant>&after=<number>`. No repository begins with an underscore. */
function routeAudit(method: string, segments: readonly string[], query: string): Result<VaultRequest, RouteRefusal> {
  if (segments.at(-1) !== 'audit') return err('path_unknown');
  const repository = repositoryOf(segments.slice(0, -1));
  if (repository === undefined) return err('path_malformed');
  if (method !== 'GET') return err('method_not_allowed');
  const parameters = new URLSearchParams(query);
  if ([...parameters.keys()].some(name => name !== 'since' && name !== 'after')) return err('query_unknown');
  const since = parameters.get('since');
  const after = parameters.get('after') ?? '0';
  if (since !== null && !INSTANT.test(since)) return err('query_unknown');
  const sinceDate = since === null ? undefined : new Date(since);
  if (Number.isNaN(sinceDate?.getTime())) return err('query_unknown');
  if (!/^\d{1,15}$/u.test(after)) return err('query_unknown');
  return ok({ kind: 'audit', repository, since: sinceDate, after: Number(after) });
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/u;

function repositoryOf(segments: readonly string[]): string | undefined {
  const isOne =
    segments.length >= 1 &&
    segments.length <= REPOSITORY_SEGMENTS_MAX &&
    segments.every(segment => REPOSITORY_SEGMENT.test(segment) && !isReserved(segment));
  return isOne ? segments.join('/') : undefined;
}

/** Names that restic gives to what is inside a repository are no part of the path of one. */
const isReserved = (segment: string): boolean => segment === 'config' || isObjectType(segment);
/** SHA-256 in lower-case hex. */
export const isObjectName = (name: string): boolean => /^[0-9a-f]{64}$/u.test(name);
const isObjectType = (segment: string): segment is ObjectType => OBJECT_TYPES.has(segment);
