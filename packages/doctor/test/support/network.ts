/** Who is behind which public host, and everything that was asked. */
export interface Network {
  readonly fetch: typeof fetch;
  /** `GET https://api.cloudflare.com/…`, in order. */
  readonly asked: string[];
}

/** `routes`: base URL on this machine by host name and path. Whoever is not in it cannot be reached. */
export function network(routes: ReadonlyMap<string, (path: string) => string>): Network {
  const asked: string[] = [];
  return {
    asked,
    fetch: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      asked.push(`${init?.method ?? 'GET'} ${url.href}`);
      const base = routes.get(url.hostname);
      if (base === undefined && url.hostname !== '127.0.0.1') throw new TypeError('fetch failed');
      const target = base === undefined ? url : new URL(`${url.pathname}${url.search}`, base(url.pathname));
      return fetch(target, init);
    },
  };
}
