import { redact } from '@innkeeper/shared/redaction/redact';
import type { Extract } from '../free-text/extract.ts';
import type { Draft } from './draft.ts';
import { FIXED } from './fixed-words.ts';
import { plainText } from './plain-text.ts';

/** Answers to free questions: other people's words, quoted, with who said them when about what. Pure. */
export function renderQuotes(quotes: readonly Extract[], chosenBy: 'model' | 'code'): Draft {
  return {
    lines: [
      ...quotes.flatMap(({ quote, passage }) => [`> “${plainText(redact(quote))}”`, `— ${plainText(passage.about)}`]),
      ...(chosenBy === 'model'
        ? [`_${FIXED.aiGenerated}: the quotes were chosen by a language model and checked_`]
        : []),
    ],
    sources: quotes.map(({ passage }) => ({ key: passage.key, label: plainText(passage.label) })),
    homes: quotes.flatMap(({ passage }) => passage.homes),
  };
}

export function renderDontKnow(searched: string, closest: readonly Extract[]): Draft {
  const quotes = renderQuotes(closest, 'code');
  return {
    ...quotes,
    lines: [
      `${FIXED.dontKnow}. Searched: ${searched}.`,
      ...(closest.length === 0 ? [] : ['The closest I found:', ...quotes.lines]),
    ],
  };
}

/** The rest of the question has been answered above; of this part nothing is known. */
export function renderNotRecorded(part: string, searched: string): Draft {
  return {
    lines: [`“${plainText(redact(part))}”: ${FIXED.notRecorded}. Searched: ${searched}.`],
    sources: [],
    homes: [],
  };
}
