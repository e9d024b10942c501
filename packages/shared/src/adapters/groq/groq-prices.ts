/** What Groq charges for a completion. Pure. A model without a known price costs an unknown amount, not nothing. */

interface Price {
  readonly fresh: number;
  /** Tokens of a prefix that an earlier prompt shared. */
  readonly cached: number;
  readonly out: number;
}

/**
 * US dollars per million tokens, which is the same number as millionths of a dollar per token. Groq's list as quoted on
 * 2026-09-05, https://console.groq.com/docs/models.
 */
const PRICES: ReadonlyMap<string, Price> = new Map([
  ['openai/gpt-oss-120b', { fresh: 0.15, cached: 0.075, out: 0.6 }],
  ['openai/gpt-oss-20b', { fresh: 0.075, cached: 0.0375, out: 0.3 }],
]);

export interface TokensUsed {
  readonly tokensIn: number;
  /** Of `tokensIn`. */
  readonly tokensCached: number;
  /** Reasoning included. */
  readonly tokensOut: number;
}

/** Millionths of a US dollar, rounded up to a whole one; `undefined` for a model whose price is not known here. */
export function costMicroUsd(model: string, { tokensIn, tokensCached, tokensOut }: TokensUsed): number | undefined {
  const price = PRICES.get(model);
  if (price === undefined) return undefined;
  const cost = (tokensIn - tokensCached) * price.fresh + tokensCached * price.cached + tokensOut * price.out;
  return Math.ceil(Number(cost.toFixed(6))); // 2000 * 0.15 is not quite 300
}
