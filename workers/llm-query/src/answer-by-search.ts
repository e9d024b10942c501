import type { Plan } from '@innkeeper/shared/domain/plan';
import { ok, type Result } from '@innkeeper/shared/result/result';
import type { AnswerPorts, QuestionToAnswer } from './answer-question.ts';
import type { Rendering } from './compose/draft.ts';
import { FIXED } from './compose/fixed-words.ts';
import { modelTimeoutMs } from './deadline.ts';
import { allBookings } from './evaluate/bookings.ts';
import { titledWithout } from './evaluate/without-surnames.ts';
import type { FreeAnswer } from './free-text/answer-free-text.ts';
import { answerFreeText } from './free-text/answer-free-text.ts';
import { nearestPassages } from './free-text/nearest-passages.ts';
import { ofHomes } from './free-text/of-homes.ts';
import { passagesOf } from './free-text/passage.ts';
import { quotesStanding } from './free-text/quotes-standing.ts';
import { renderNoGuests, searchedInWords } from './free-text/what-was-searched.ts';
import type { RoomCaveat } from './permission/searchable-rooms.ts';
import type { MeantGuests } from './retrieve/free-search.ts';
import { freeSearchOf } from './retrieve/free-search.ts';
import { guestsAround } from './retrieve/guests-around.ts';
import { isOf, meantGuests } from './retrieve/meant-guests.ts';
import type { RetrievalError } from './retrieve/retrieval-error.ts';
import { searchEvidence } from './retrieve/search-evidence.ts';

/** A free question: search, quote, and say what could not be searched. I/O through the ports. */
export interface SearchAnswer extends FreeAnswer {
  readonly readAtMs: number;
  /** What the asker should know of the search itself. */
  readonly remarks: readonly string[];
}

/** The question is the second half of one: whatever is not found is said of it alone. */
export interface OpenPart {
  readonly words: string;
  readonly guests?: MeantGuests;
}

export async function answerBySearch(
  plan: Extract<Plan, { kind: 'search' | 'home' }>,
  { question, scope, deadline }: QuestionToAnswer,
  rendering: Rendering,
  ports: AnswerPorts,
  stepEnds: Record<string, number>,
  part?: OpenPart,
): Promise<Result<SearchAnswer, RetrievalError>> {
  const { homes, thisYear } = rendering;
  const meant = part?.guests
    ? ok(part.guests)
    : plan.kind === 'search'
      ? await meantGuests(plan, homes, ports)
      : ok(undefined);
  if (!meant.ok) return meant;
  if (plan.kind === 'search' && meant.value?.bookings.length === 0) {
    return ok({ draft: renderNoGuests(plan, rendering), author: 'code', readAtMs: ports.now(), remarks: [] });
  }
  const search = freeSearchOf(plan, homes, scope, meant.value);
  const { roomId, askerId, messageId } = question;
  const found = await searchEvidence(search, { roomId, askerId, messageId, botUserId: ports.botUserId }, ports);
  if (!found.ok) return found;
  const { cited, records, rooms, caveats } = found.value;
  const readAtMs = ports.now();
  stepEnds['retrieve'] = readAtMs;
  const settledHomes = search.homes.map(id => homes.home(id).name);
  const bookings = allBookings({ homes, records });
  const meantOnly = meant.value === undefined ? cited : cited.filter(isOf(meant.value));
  const namesTasks = scope === 'operations' && meantOnly.some(({ kind }) => kind === 'task');
  const guests = namesTasks ? await guestsAround(homes, ports.vectors) : ok([]);
  if (!guests.ok) return guests;
  const known = [...guests.value, ...bookings.flatMap(({ guest }) => guest ?? [])];
  const shown = namesTasks ? meantOnly.map(record => titledWithout(record, known)) : meantOnly;
  const passages = passagesOf(shown, { homes, bookings, thisYear, full: scope === 'full' });
  const homeNames = homes.all.map(home => home.name);
  const answer = await answerFreeText(
    {
      text: question.text,
      passages: nearestPassages(question.text, ofHomes(passages, settledHomes, homeNames)),
      homeNames,
      guests: bookings.flatMap(booking => booking.guest?.full ?? []),
      isOfGuests: meant.value !== undefined,
      settled: [...settledHomes, ...(search.rooms ?? []), ...search.settled],
      searched: searchedInWords(search, rooms.size > 0, rendering),
      ...(part === undefined ? {} : { part: part.words }),
    },
    {
      model: ports.model,
      log: ports.log,
      modelTimeoutMs: () => modelTimeoutMs(ports.now(), deadline),
      stillStanding: quotes => quotesStanding(quotes, rooms, ports),
    },
  );
  if (!answer.ok) return answer;
  stepEnds['model'] = ports.now();
  return ok({ ...answer.value, readAtMs, remarks: caveats.map(caveat => CAVEAT_WORDS[caveat]) });
}

const CAVEAT_WORDS: Readonly<Record<RoomCaveat, string>> = {
  private_rooms_left_out: FIXED.privateRoomsLeftOut,
  named_room_not_readable: FIXED.namedRoomNotReadable,
  too_many_rooms: FIXED.tooManyRooms,
};
