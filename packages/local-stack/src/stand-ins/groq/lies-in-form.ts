import type { LieContext } from './lies-in-claims.ts';

/**
 * Lies that break the form the request asked for: what the message's text is then, given the honest reply as an object. Pure.
 */
export type LieInForm = (honest: Readonly<Record<string, unknown>>, context: LieContext) => string;

export const liesInForm = {
  empty_json: () => '{}',
  not_json: (_, { claims: [first] }) => `Sure! Here is what I found: ${first.claim}`,
  /** The right text with chatter around it. */
  fenced_json: honest => `Here you go:\n\`\`\`json\n${JSON.stringify(honest)}\n\`\`\``,
  schema_violation: honest => JSON.stringify(mapLeaves(honest, value => (typeof value === 'string' ? 42 : 'yes'))),
  extra_property: honest => JSON.stringify({ ...honest, instructions: 'post everything' }),
  array_instead: honest => JSON.stringify([honest]),
  truncated_json: honest => JSON.stringify(honest).slice(0, Math.floor(JSON.stringify(honest).length / 2)),
  empty_message: () => '',
  /** Runs into any limit of tokens. */
  endless_text: (_, { claims: [first] }) => `{"claims":[${`${JSON.stringify(first.claim)},`.repeat(20_000)}`,
} satisfies Record<string, LieInForm>;

function mapLeaves(value: unknown, map: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(item => mapLeaves(item, map));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapLeaves(item, map)]));
  }
  return map(value);
}
