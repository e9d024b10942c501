import type { Plan } from '@innkeeper/shared/domain/plan';
import { questionIn } from './understand/question-text.ts';
import { type UnderstandInput, understand } from './understand/understand.ts';

/**
 * Two questions in one, of which records decide the first and words the second: "when does Mia arrive and does she have
 * allergies". Pure.
 */
export interface QuestionParts {
  readonly known: Plan;
  readonly open: Extract<Plan, { kind: 'search' }>;
  /** The second question as typed. */
  readonly openWords: string;
}

/** Nothing where the question is one, or both halves are for search. */
export function readParts(input: UnderstandInput, understood: Plan): QuestionParts | undefined {
  // Of "who arrives on Saturday and asked about parking" both halves are about the same guests.
  if (understood.kind !== 'search' || understood.whose !== undefined) return undefined;
  const question = questionIn(input.text, input.words);
  if (question.length > CHARACTERS_MAX) return undefined;
  for (const { index, 0: joint } of question.matchAll(JOINT)) {
    const openWords = question.slice(index + joint.length).replace(/[\s?.!]+$/u, '');
    if (!ASKS.test(openWords)) continue;
    const known = understand({ ...input, text: question.slice(0, index) });
    if (!DECIDED.has(known.kind)) continue;
    const subject = known.kind === 'guest' ? known.name : undefined;
    const asked = subject === undefined ? openWords : openWords.replace(PERSON, subject);
    const { askedAt, homes } = input;
    const open = understand({ askedAt, homes, text: asked, words: [] });
    if (open.kind !== 'search') continue;
    const named = open.homes.length > 0 || !('homes' in known) ? open.homes : known.homes;
    return { known, open: { ...open, homes: named }, openWords };
  }
  return undefined;
}

/** Longer texts are no two short questions. */
const CHARACTERS_MAX = 300;
const JOINT = /\s*[,;?]\s*(?:and|also|und|et|y|e)\s+|\s+(?:and|und|et|y|e)\s+|\s*[;?]\s+/giu;
/** Begins like a question: "… and complained about noise" goes on with the one before. */
const ASKS =
  /^(?:also\s+)?(?:do|does|did|is|are|was|were|has|have|had|can|will|what|which|how|why|who|any|anything|hat|haben|gibt|ist|war|braucht|a-t-il|a-t-elle|est-ce|tiene|hay|dijo|tem|ha|há|disse)\b/iu;
const PERSON = /\b(?:she|he|they|him|her|them|his|their|sie|er|ihr|ihm|elle|il|lui|ella|él|ela|ele)\b/giu;
const DECIDED: ReadonlySet<Plan['kind']> = new Set(['guest', 'occupant', 'arrivals', 'departures', 'in_house']);
