import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import type { Life } from '../time/life.ts';
import type { ApiAnswer, ApiRequest } from '../vendors/http-answer.ts';
import type { Cloud } from './cloud.ts';
import type { VendorLimits } from './vendor-limits.ts';

/** A vendor's API as one process reaches it, over a `fetch` of the platform. */
export interface VendorApi {
  readonly answer: (request: ApiRequest) => ApiAnswer;
  readonly limits: VendorLimits;
}

export function reachVendor(cloud: Cloud, life: Life, { answer, limits }: VendorApi): Fetch {
  const { dice, time } = cloud;

  const serve = (request: ApiRequest): ApiAnswer => {
    const refused = limits.refuse(time.now());
    if (refused !== undefined) return refused;
    const trouble = cloud.trouble.isOver ? undefined : odd(dice.between(1, 1_000_000));
    const said = trouble ?? answer(request);
    return { ...said, headers: { ...limits.headers(time.now()), ...said.headers } };
  };

  return async (input, init) => {
    const url = new URL(input);
    const call = url.pathname.endsWith('/token') ? 'vendor_token' : 'vendor_read';
    const asked = life.call(call, undefined, () => serve({ method: init.method ?? 'GET', url }));
    const said: ApiAnswer | undefined = await (init.signal ? Promise.race([asked, abortOf(init.signal)]) : asked);
    if (said === undefined) throw new TypeError('fetch failed');
    return replyOf(said);
  };
}

/** As much of a reply as adapters read. Streams would cost more than everything else about it. */
function replyOf({ status, headers, text, json }: ApiAnswer): Response {
  const body = text ?? JSON.stringify(json);
  const type = text === undefined ? 'application/json' : 'text/html';
  const reply = { status, headers: new Headers({ 'content-type': type, ...headers }), body: null };
  return { ...reply, text: () => Promise.resolve(body) } as unknown as Response; // see above
}

const abortOf = (signal: AbortSignal): Promise<undefined> =>
  new Promise(resolve => signal.addEventListener('abort', () => resolve(undefined), { once: true }));

/** Per million calls: what an API says when it is not at its best. */
const ODD_ANSWERS: readonly (readonly [number, ApiAnswer])[] = [
  [6_000, { status: 503, json: { error: 'unavailable' } }],
  [3_000, { status: 500, text: '<html>Internal Server Error</html>' }],
  [3_000, { status: 429, json: { error: 'too many' }, headers: { 'retry-after': '7' } }],
  [2_000, { status: 200, text: '<html>Maintenance</html>' }],
  [1_000, { status: 200, json: 42 }],
];

function odd(drawn: number): ApiAnswer | undefined {
  let left = drawn;
  for (const [perMillion, answer] of ODD_ANSWERS) {
    left -= perMillion;
    if (left <= 0) return answer;
  }
  return undefined;
}
