import { join } from 'node:path';
import { ENVIRONMENTS } from '@innkeeper/deployment/environment/environment-values';
import { readEnvironment } from '@innkeeper/deployment/environment/read-environment';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CostLine, monthlyCost } from './monthly-cost.ts';
import { type Company, monthlyUsage, USUAL_COMPANY } from './monthly-usage.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const FUNCTIONS = { chat: { minInstances: 1, memory: '512Mi', cpu: 1, secrets: { KEY: 'key', OTHER: 'other' } } };

async function valuesOf(name: string) {
  const read = await readEnvironment(ROOT, name);
  if (!read.ok) throw new Error(read.error.sentence);
  return read.value.terraform;
}
const total = (lines: readonly CostLine[]): number => lines.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
const amountOf = (lines: readonly CostLine[], what: RegExp): number | undefined =>
  lines.find(line => what.test(line.what))?.amount;

describe('a month', () => {
  it.each(ENVIRONMENTS)('of %s has a price for every line but the package of Qdrant', async name => {
    const lines = monthlyCost(await valuesOf(name), FUNCTIONS, monthlyUsage(USUAL_COMPANY));
    expect(lines.filter(({ amount }) => amount === undefined).map(({ vendor }) => vendor)).toEqual(['Qdrant']);
  });

  it('of one more node costs one more server and its address', async () => {
    const values = await valuesOf('prod');
    const more = {
      ...values,
      hetzner: { ...values.hetzner, nodes: { ...values.hetzner.nodes, another: { ip: '10.0.0.9' } } },
    };
    const usage = monthlyUsage(USUAL_COMPANY);
    const difference = total(monthlyCost(more, FUNCTIONS, usage)) - total(monthlyCost(values, FUNCTIONS, usage));
    expect(difference).toBeCloseTo(35.49 + 0.5);
  });

  it('has warm instances only as far as the environment caps them', async () => {
    const usage = monthlyUsage(USUAL_COMPANY);
    expect(amountOf(monthlyCost(await valuesOf('dev'), FUNCTIONS, usage), /processors/u)).toBe(0);
    expect(amountOf(monthlyCost(await valuesOf('prod'), FUNCTIONS, usage), /processors/u)).toBeCloseTo(9.19);
  });

  it('counts a secret once, whoever reads it', async () => {
    const values = { ...(await valuesOf('prod')), other_secrets: ['key', 'a', 'b', 'c', 'd', 'e', 'f'] };
    const twice = { ...FUNCTIONS, again: FUNCTIONS.chat };
    // Eight ids, of which six are free.
    expect(amountOf(monthlyCost(values, twice, monthlyUsage(USUAL_COMPANY)), /secrets/u)).toBeCloseTo(2 * 0.06);
  });

  it('says where it does not know a price, instead of nothing', async () => {
    const values = await valuesOf('prod');
    const unheardOf = { ...values, hetzner: { ...values.hetzner, server_type: 'cpx92' } };
    const lines = monthlyCost(unheardOf, FUNCTIONS, monthlyUsage(USUAL_COMPANY), 'unheard/of');
    expect(lines.filter(({ amount }) => amount === undefined).map(({ vendor }) => vendor)).toEqual([
      'Hetzner',
      'Qdrant',
      'Groq',
    ]);
  });

  it('never costs less for a larger company', async () => {
    const values = await valuesOf('prod');
    const count = fc.integer({ min: 0, max: 100_000 });
    const company: fc.Arbitrary<Company> = fc.record({
      homes: count,
      callsPerDay: count,
      chatMessagesPerDay: count,
      questionsPerDay: count,
    });
    const cost = (size: Company): number => total(monthlyCost(values, FUNCTIONS, monthlyUsage(size)));
    fc.assert(
      fc.property(company, company, (small, added) => {
        const large = {
          homes: small.homes + added.homes,
          callsPerDay: small.callsPerDay + added.callsPerDay,
          chatMessagesPerDay: small.chatMessagesPerDay + added.chatMessagesPerDay,
          questionsPerDay: small.questionsPerDay + added.questionsPerDay,
        };
        expect(cost(large)).toBeGreaterThanOrEqual(cost(small));
      }),
    );
  });
});
