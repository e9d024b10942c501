import type { StandInReply } from '../stand-in-server.ts';
import type { CloudflareWorld } from './cloudflare-world.ts';

/** One operation of the API. */
export interface CloudflareRoute {
  readonly method: string;
  /** Path below `/client/v4`, with `:name` for what varies: `/accounts/:account/tokens`. */
  readonly path: string;
  /** Any one of these rights opens it; none: a valid token is enough. */
  readonly rights: readonly string[];
  readonly answer: (world: CloudflareWorld, call: CloudflareCall) => StandInReply;
}

export interface CloudflareCall {
  /** What stood at the `:name`s, decoded. */
  readonly names: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The bearer token of the caller. */
  readonly token: string;
  /** JSON, or `undefined` where the body is none. */
  readonly body: unknown;
}

/** What stands at the names of `pattern`, or `undefined` where `path` is another one. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const names: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const found = given[index] ?? '';
    if (part.startsWith(':')) names[part.slice(1)] = decodeURIComponent(found);
    else if (part !== found) return undefined;
  }
  return names;
}
