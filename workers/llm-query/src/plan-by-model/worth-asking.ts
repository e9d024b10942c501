import type { Plan } from '@innkeeper/shared/domain/plan';
import { findNamedHomes } from '../understand/homes/find-homes.ts';
import type { HomeIndex } from '../understand/homes/home-index.ts';
import { lexicons } from '../understand/lexicon/lexicons.ts';
import { type Reading, readQuestion } from '../understand/reading.ts';
import { tokenise } from '../understand/tokens.ts';

/**
 * Whether a question that no rule reads is worth a call to a model before it is searched for. Pure. It is where
 * - the rules know too little of its language: names of homes aside they explain two fifths of its words or fewer; or
 * - it speaks of stays, homes, tasks or calls like a question for a list, in words the rules do not know.
 * What asks about words (messages, the team's chat, a room) is for search, and so is a long text.
 */
export function isWorthAsking(question: string, understood: Plan, homeIndex: HomeIndex): boolean {
  if (understood.kind !== 'unclear' && understood.kind !== 'search') return false;
  if (understood.kind === 'unclear' && (understood.days !== undefined || understood.order)) return false;
  if (question.length > CHARACTERS_MAX || lettersIn(question) < LETTERS_MIN) return false;
  if (understood.kind === 'search' && understood.rooms !== undefined) return false;
  const reading = bestReading(question, homeIndex);
  if (reading === undefined) return false;
  if (reading.parts.some(part => part.kind === 'tag' && ABOUT_WORDS.has(part.tag))) return false;
  return isStrange(reading) || isLikeAList(reading);
}

/** A question for a list is one sentence. */
const CHARACTERS_MAX = 300;
/** "明日の到着は" asks something, "ok" and an emoji do not. */
const LETTERS_MIN = 5;
/** Of the twenty free questions in the fixtures none lies so low, of twelve sentences in six other languages eleven. */
const EXPLAINED_STRANGE_MAX = 0.4;

const lettersIn = (text: string): number => [...text.matchAll(/\p{L}/gu)].length;

const ABOUT_WORDS: ReadonlySet<string> = new Set(['chat', 'messages', 'texts', 'voicemail', 'news']);

const LISTED: ReadonlySet<string> = new Set(
  'arrive|arrived|arrival|depart|departed|departure|stay|stayed|stay_over|in_house|occupied|turnover|free|ready|booking|tasks|cleaning|maintenance|calls|missed'.split(
    '|',
  ),
);
const ASKING: ReadonlySet<string> = new Set(['who', 'which', 'count', 'how_long', 'guest', 'homes']);

/** In the language that explains most of its words. */
function bestReading(question: string, homeIndex: HomeIndex): Reading | undefined {
  const tokens = tokenise(question);
  const named = findNamedHomes(tokens, homeIndex);
  const readings = [...lexicons()].map(lexicon => readQuestion(question, tokens, homeIndex, named, lexicon));
  return readings.toSorted((one, other) => unknownWords(one) - unknownWords(other))[0];
}

const unknownWords = ({ unknown }: Reading): number => unknown.reduce((sum, { from, to }) => sum + to - from, 0);

function isStrange(reading: Reading): boolean {
  const inNames = reading.homes.reduce((sum, { from, to }) => sum + to - from, 0);
  const words = reading.tokens.length - inNames;
  return words > 0 && 1 - unknownWords(reading) / words <= EXPLAINED_STRANGE_MAX;
}

function isLikeAList({ parts, dates }: Reading): boolean {
  const has = (tags: ReadonlySet<string>): boolean => parts.some(part => part.kind === 'tag' && tags.has(part.tag));
  return has(LISTED) && (has(ASKING) || dates.length > 0);
}
