import fc from 'fast-check';

/** What stands between us and a vendor on a bad day: any status, any body, silence, a cut line. */
export type HostileReply =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  | { readonly kind: 'cut' }
  | { readonly kind: 'silence' };

const bodies = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }).map(value => JSON.stringify(value)),
  fc.constantFrom(
    '',
    '<html><body>502 Bad Gateway</body></html>',
    '{"result":',
    'null',
    '[]',
    '{"success":true}',
    '\u0000',
  ),
);

export const hostileReply: fc.Arbitrary<HostileReply> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      status: fc.constantFrom(200, 200, 200, 201, 301, 400, 401, 403, 404, 409, 429, 500, 502, 503, 504),
      body: bodies,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'cut' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'silence' as const }) },
);

/** As `fetch` meets it. Silence ends only when the caller gives up. */
export function hostileFetch(replies: readonly HostileReply[], asked: (line: string) => void): typeof fetch {
  let count = 0;
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    asked(`${init?.method ?? 'GET'} ${url.pathname}`);
    const reply = replies[count++ % replies.length] ?? { kind: 'cut' };
    switch (reply.kind) {
      case 'cut':
        return Promise.reject(new TypeError('fetch failed'));
      case 'silence':
        return new Promise((_resolve, reject) =>
          init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))),
        );
      case 'answer': {
        // What was sent comes back, credentials included: error pages do that.
        const echo = JSON.stringify(Object.fromEntries(new Headers(init?.headers)));
        const body = reply.body === '' ? echo : reply.body;
        return Promise.resolve(new Response(body, { status: reply.status, headers: { 'x-echo': echo.slice(0, 200) } }));
      }
    }
  };
}
