import { mutatedJson } from '@innkeeper/shared/testing/mutated-json';
import fc from 'fast-check';

/** What would look like a hole of ours in a sentence, were it in what a vendor says. */
const LIKE_HOLES = /NaN|undefined|Invalid|\[object/gu;

/** Each answer of a vendor spoilt in up to three places, differently for each seed. */
export function spoiltAnswers(answer: typeof fetch, seed: number): typeof fetch {
  let count = 0;
  return async (input, init) => {
    const reply = await answer(input, init);
    const text = await reply.text();
    const sample: unknown = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined;
    if (typeof sample !== 'object' || sample === null) return new Response(text, reply);
    const [body = ''] = fc.sample(mutatedJson([sample]), { numRuns: 1, seed: seed + count++ });
    return new Response(
      body.replaceAll(LIKE_HOLES, word => word.slice(1)),
      { status: reply.status, headers: reply.headers },
    );
  };
}
