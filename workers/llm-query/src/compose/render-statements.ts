import type { SourceRef } from '@innkeeper/shared/domain/answer';
import { redact } from '@innkeeper/shared/redaction/redact';
import type { Statement } from '../evaluate/told-about.ts';
import { instantInWords } from './days-in-words.ts';
import type { Rendering } from './draft.ts';
import { plainName, plainText, shortened } from './plain-text.ts';

/** What people said, in their own words, under a time that says otherwise: newest first, and who said it when. Pure. */

/** More than these are not weighed against each other in a chat; how many there are is said. */
const SHOWN_MAX = 3;
const QUOTE_CHARACTERS_MAX = 160;

export function statementsInWords(statements: readonly Statement[], rendering: Rendering): string[] {
  const more = statements.length - SHOWN_MAX;
  return [
    ...statements.slice(0, SHOWN_MAX).map(said => `   ↳ said otherwise: ${statementInWords(said, rendering)}`),
    ...(more > 0 ? [`   ↳ and ${more} earlier`] : []),
  ];
}

function statementInWords({ times, quote, by, ...said }: Statement, rendering: Rendering): string {
  const who = by === undefined ? 'by whom is not recorded' : plainName(by);
  const words = shortened(plainText(redact(quote)), QUOTE_CHARACTERS_MAX);
  return `*${times.join(' or ')}* · ${labelOf(said, rendering)}, ${who}: “${words}”`;
}

export const statementSources = (statements: readonly Statement[], rendering: Rendering): SourceRef[] =>
  statements.slice(0, SHOWN_MAX).map(said => ({ key: said.key, label: labelOf(said, rendering) }));

const labelOf = ({ where, saidAt, zone }: Omit<Statement, 'times' | 'quote' | 'by'>, rendering: Rendering): string =>
  saidAt === undefined ? where : `${where} ${instantInWords(saidAt, zone, rendering.thisYear)}`;
