import { mutatedJson } from '@innkeeper/shared/testing/mutated-json';
import fc from 'fast-check';

/** Each answer of a vendor spoilt in up to three places, differently for each seed. */
export function spoiltAnswers(answer: typeof fetch, seed: number): typeof fetch {
  let count = 0;
  return async (input, init) => {
    const reply = await answer(input, init);
    const text = await reply.text();
    const sample: unknown = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined;
    if (typeof sample !== 'object' || sample === null) return new Response(text, reply);
    const [body = ''] = fc.sample(mutatedJson([sample]), { numRuns: 1, seed: seed + count++ });
    return new Response(body, { status: reply.status, headers: reply.headers });
  };
}
