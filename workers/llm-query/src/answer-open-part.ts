import { ok, type Result } from '@innkeeper/shared/result/result';
import { answerBySearch } from './answer-by-search.ts';
import type { AnswerPorts, Composed, QuestionToAnswer } from './answer-question.ts';
import type { Draft, Rendering } from './compose/draft.ts';
import { allBookings } from './evaluate/bookings.ts';
import { findGuest } from './evaluate/guest.ts';
import type { QuestionParts } from './read-parts.ts';
import type { MeantGuests } from './retrieve/free-search.ts';
import { readSnapshot } from './retrieve/read-snapshot.ts';
import type { RetrievalError } from './retrieve/retrieval-error.ts';

/**
 * What records decide of a question, and below it what was said about the rest, or that nothing is recorded of it. I/O
 * through the ports.
 */
export async function answerOpenPart(
  { known, open, openWords }: QuestionParts,
  decided: Composed,
  asked: QuestionToAnswer,
  rendering: Rendering,
  ports: AnswerPorts,
  stepEnds: Record<string, number>,
): Promise<Result<Composed, RetrievalError>> {
  const guests = await guestsMeant(known, rendering, ports);
  if (!guests.ok) return guests;
  // Whose words to look for is settled once the asker has said who is meant.
  if (known.kind === 'guest' && guests.value === undefined) return ok(decided);
  const question = { ...asked.question, text: open.words };
  const said = await answerBySearch(open, { ...asked, question }, rendering, ports, stepEnds, {
    words: openWords,
    ...(guests.value === undefined ? {} : { guests: guests.value }),
  });
  if (!said.ok) return said;
  return ok({ ...said.value, draft: joined(decided.draft, said.value.draft), readAtMs: decided.readAtMs });
}

async function guestsMeant(
  known: QuestionParts['known'],
  rendering: Rendering,
  ports: AnswerPorts,
): Promise<Result<MeantGuests | undefined, RetrievalError>> {
  if (known.kind !== 'guest') return ok(undefined);
  const snapshot = await readSnapshot(known, rendering, ports);
  if (!snapshot.ok) return snapshot;
  const found = findGuest(allBookings(snapshot.value), known.name, known);
  return ok(found.kind === 'found' ? { whose: 'named', bookings: [found.booking, ...found.others] } : undefined);
}

const joined = (one: Draft, other: Draft): Draft => ({
  lines: [...one.lines, ...other.lines],
  sources: [...one.sources, ...other.sources],
  homes: [...one.homes, ...other.homes],
});
