import { anyQuote, type Claim, chooseQuotes } from './choose-quotes.ts';
import { fillSchema, type JsonSchema } from './fill-schema.ts';
import { type LieContext, liesInClaims } from './lies-in-claims.ts';
import { liesInForm } from './lies-in-form.ts';
import { obey } from './obey.ts';
import { readPlan } from './read-plan.ts';
import { readPrompt } from './read-prompt.ts';

/** What the model writes for a request, honestly or not. Pure: the request is all it knows. */
export interface Writing {
  readonly system: string;
  readonly user: string;
  /** Absent where plain text was asked for. */
  readonly schema: JsonSchema | undefined;
}

export type LieName = keyof typeof liesInClaims | keyof typeof liesInForm;

export const LIES = [...Object.keys(liesInClaims), ...Object.keys(liesInForm)] as readonly LieName[];

export function writeHonestly(writing: Writing): string {
  const prompt = readPrompt(writing.user);
  return write(writing, prompt.question, chooseQuotes(prompt));
}

/** Where nobody gives an order it is honest. */
export function writeObediently(writing: Writing): string {
  const prompt = readPrompt(writing.user);
  const claims = obey({ ...prompt, system: writing.system });
  return claims.length === 0 ? writeHonestly(writing) : write(writing, prompt.question, claims);
}

export function writeLie(writing: Writing, lie: LieName): string {
  const prompt = readPrompt(writing.user);
  const [first, ...others] = chooseQuotes(prompt);
  const context: LieContext = {
    system: writing.system,
    question: prompt.question,
    sources: prompt.sources,
    claims: [first ?? anyQuote(prompt) ?? NOTHING_TO_SPOIL, ...others],
  };
  if (!isInForm(lie)) return write(writing, prompt.question, liesInClaims[lie](context));
  return liesInForm[lie](replyObject(writing, prompt.question, context.claims), context);
}

const NOTHING_TO_SPOIL: Claim = { claim: 'Everything is arranged.', sourceId: '1', quote: 'Everything is arranged.' };

const isInForm = (lie: LieName): lie is keyof typeof liesInForm => lie in liesInForm;

function write(writing: Writing, question: string, claims: readonly Claim[]): string {
  return writing.schema === undefined
    ? inPlainText(claims)
    : JSON.stringify(readPlan(writing.schema, question) ?? fillSchema(writing.schema, { question, claims }));
}

/** Lies about the form need an object to break, also where none was asked for. */
function replyObject({ schema }: Writing, question: string, claims: readonly Claim[]): Record<string, unknown> {
  const reply = schema === undefined ? inPlainText(claims) : fillSchema(schema, { question, claims });
  return typeof reply === 'object' && reply !== null ? { ...reply } : { answer: reply };
}

const inPlainText = (claims: readonly Claim[]): string =>
  claims.length === 0
    ? 'The sources do not say.'
    : claims.map(claim => `${claim.quote} [${claim.sourceId}]`).join('\n');
