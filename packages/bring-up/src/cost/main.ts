import { join } from 'node:path';
import { readEnvironment } from '@innkeeper/deployment/environment/read-environment';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import * as z from 'zod';
import { type CostLine, monthlyCost } from './monthly-cost.ts';
import { type Company, monthlyUsage, USUAL_COMPANY } from './monthly-usage.ts';
import { readFunctions } from './read-functions.ts';

/** `pnpm cost`: what an environment costs a month, from the values that Terraform applies. Asks nobody. */
const HELP = `Usage: ./dev cost --env dev|staging|prod [options]

What a month of an environment costs, net, in each vendor's own currency: the values of Terraform, the warm instances of
functions/manifest.json, and a company of the given size.
  --homes N               ${USUAL_COMPANY.homes} unless told
  --calls-per-day N       ${USUAL_COMPANY.callsPerDay} unless told
  --messages-per-day N    messages in the team's chat; ${USUAL_COMPANY.chatMessagesPerDay} unless told
  --questions-per-day N   ${USUAL_COMPANY.questionsPerDay} unless told
  --json                  lines and sums, for programs`;

const ROOT = join(import.meta.dirname, '../../../..');
const Count = z.coerce.number().int().nonnegative();

const { values } = readArguments(HELP, {
  options: {
    env: { type: 'string' },
    homes: { type: 'string', default: `${USUAL_COMPANY.homes}` },
    'calls-per-day': { type: 'string', default: `${USUAL_COMPANY.callsPerDay}` },
    'messages-per-day': { type: 'string', default: `${USUAL_COMPANY.chatMessagesPerDay}` },
    'questions-per-day': { type: 'string', default: `${USUAL_COMPANY.questionsPerDay}` },
    json: { type: 'boolean', default: false },
  },
});
process.exitCode = await tellCost();

async function tellCost(): Promise<number> {
  const company = z
    .object({ homes: Count, callsPerDay: Count, chatMessagesPerDay: Count, questionsPerDay: Count })
    .safeParse({
      homes: values.homes,
      callsPerDay: values['calls-per-day'],
      chatMessagesPerDay: values['messages-per-day'],
      questionsPerDay: values['questions-per-day'],
    });
  if (!company.success) return refuse('Homes, calls, messages and questions are whole numbers, 0 or more.');
  const environment = await readEnvironment(ROOT, values.env);
  if (!environment.ok) return refuse(environment.error.sentence);
  const functions = await readFunctions(ROOT);
  const lines = monthlyCost(environment.value.terraform, functions, monthlyUsage(company.data));
  const sums = sumsOf(lines);
  if (values.json)
    console.log(JSON.stringify({ environment: environment.value.name, company: company.data, lines, sums }));
  else tell(environment.value.name, company.data, lines, sums);
  return 0;
}

function tell(name: string, company: Company, lines: readonly CostLine[], sums: ReturnType<typeof sumsOf>): void {
  console.log(
    `A month of ${name}, net, for ${company.homes} homes, ${company.callsPerDay} calls, ` +
      `${company.chatMessagesPerDay} messages and ${company.questionsPerDay} questions a day\n`,
  );
  for (const { vendor, what, amount, currency, basis } of lines) {
    const money = amount === undefined ? 'not known' : `${amount.toFixed(2)} ${currency}`;
    console.log(`${vendor.padEnd(11)}${what.padEnd(62)}${money.padStart(12)}   ${basis}`);
  }
  const unknown = sums.unknown === 0 ? '' : `, and ${sums.unknown} lines whose price is not known here`;
  console.log(`\n${sums.EUR.toFixed(2)} EUR and ${sums.USD.toFixed(2)} USD${unknown}.`);
  console.log('Quantities are counted from the size of the company; the bill of the first month says better.');
}

function sumsOf(lines: readonly CostLine[]): { EUR: number; USD: number; unknown: number } {
  const sum = (currency: CostLine['currency']): number =>
    lines.reduce((total, one) => total + (one.currency === currency ? (one.amount ?? 0) : 0), 0);
  return { EUR: sum('EUR'), USD: sum('USD'), unknown: lines.filter(({ amount }) => amount === undefined).length };
}

function refuse(sentence: string): number {
  console.error(sentence);
  return 2;
}
