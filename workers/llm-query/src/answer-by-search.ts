import type { Plan } from '@innkeeper/shared/domain/plan';
import { ok, type Result } from '@innkeeper/shared/result/result';
import type { AnswerPorts, QuestionToAnswer } from './answer-question.ts';
import type { Rendering } from './compose/draft.ts';
import { FIXED } from './compose/fixed-words.ts';
import { plainText } from './compose/plain-text.ts';
import { modelTimeoutMs } from './deadline.ts';
import { allBookings } from './evaluate/bookings.ts';
import type { FreeAnswer } from './free-text/answer-free-text.ts';
import { answerFreeText } from './free-text/answer-free-text.ts';
import { nearestPassages } from './free-text/nearest-passages.ts';
import { passagesOf } from './free-text/passage.ts';
import { quotesStanding } from './free-text/quotes-standing.ts';
import type { RoomCaveat } from './permission/searchable-rooms.ts';
import type { FreeSearch } from './retrieve/free-search.ts';
import { freeSearchOf } from './retrieve/free-search.ts';
import type { RetrievalError } from './retrieve/retrieval-error.ts';
import { searchEvidence } from './retrieve/search-evidence.ts';

/** A free question: search, quote, and say what could not be searched. I/O through the ports. */
export interface SearchAnswer extends FreeAnswer {
  readonly readAtMs: number;
  /** What the asker should know of the search itself. */
  readonly remarks: readonly string[];
}

export async function answerBySearch(
  plan: Extract<Plan, { kind: 'search' | 'home' }>,
  { question, scope, deadline }: QuestionToAnswer,
  rendering: Rendering,
  ports: AnswerPorts,
  stepEnds: Record<string, number>,
): Promise<Result<SearchAnswer, RetrievalError>> {
  const search = freeSearchOf(plan, rendering.homes, scope);
  const { roomId, askerId, messageId } = question;
  const found = await searchEvidence(search, { roomId, askerId, messageId, botUserId: ports.botUserId }, ports);
  if (!found.ok) return found;
  const { cited, records, rooms, caveats } = found.value;
  const readAtMs = ports.now();
  stepEnds['retrieve'] = readAtMs;
  const { homes, thisYear } = rendering;
  const settledHomes = search.homes.map(id => homes.home(id).name);
  const bookings = allBookings({ homes, records });
  const answer = await answerFreeText(
    {
      text: question.text,
      passages: nearestPassages(
        question.text,
        passagesOf(cited, { homes, bookings, thisYear, full: scope === 'full' }),
      ),
      homeNames: homes.all.map(home => home.name),
      settledNames: [
        ...settledHomes,
        ...(search.rooms ?? []),
        ...bookings.flatMap(booking => booking.guest?.full ?? []),
      ],
      searched: searchedInWords(search, settledHomes, rooms.size > 0),
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

const KIND_WORDS: Readonly<Record<string, string>> = {
  reservation: 'bookings',
  listing: 'descriptions of homes',
  'guest-message': 'guest messages',
  task: 'tasks',
  call: 'notes on calls',
  'text-message': 'text messages',
};

function searchedInWords({ kinds, rooms }: FreeSearch, homes: readonly string[], isChatSearched: boolean): string {
  const chat = rooms === undefined ? 'the team chat' : rooms.map(name => plainText(`#${name}`)).join(', ');
  const words = kinds.flatMap(kind =>
    kind === 'chat-message' ? (isChatSearched ? chat : []) : (KIND_WORDS[kind] ?? []),
  );
  return `${words.length === 0 ? 'nothing that may be read here' : words.join(', ')}${homes.length === 0 ? '' : ` about ${homes.join(', ')}`}`;
}
