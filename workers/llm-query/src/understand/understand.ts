import type { Instant } from '@innkeeper/shared/domain/local-time';
import type { HomeName, Plan, ThreadContext } from '@innkeeper/shared/domain/plan';
import { type Asked, impliedToday, momentOf } from './asked.ts';
import { readImpossibleDays } from './classes/impossible-days.ts';
import { applyRules } from './classes/rules.ts';
import { hasContent, readSearch } from './classes/search.ts';
import { asksForHelp, shortcutOf } from './classes/shortcuts.ts';
import { readUnknownHome } from './classes/unknown-home.ts';
import { readFollowUp } from './follow-up/read-follow-up.ts';
import { findNamedHomes } from './homes/find-homes.ts';
import { homeIndexOf } from './homes/home-index.ts';
import { lexicons } from './lexicon/lexicons.ts';
import { questionIn } from './question-text.ts';
import { readQuestion } from './reading.ts';
import { tokenise } from './tokens.ts';

export type UnderstandInput = {
  readonly text: string;
  readonly askedAt: Instant;
  readonly homes: readonly HomeName[];
  /** The thread's last answer, if the question may lean on it. */
  readonly context?: ThreadContext;
  /** Trigger words and the bot's mention, stripped before reading. */
  readonly words: readonly string[];
};

/** A question a rule can read is short; of longer text only the beginning is looked at. */
const charactersReadMax = 600;
const tokensReadMax = 80;

/**
 * Turns a chat message into a plan without a model. Pure, no I/O, never throws, linear in the text.
 *
 * A rule answers only if it understands every word; anything else that speaks of something becomes `search`.
 */
export function understand(input: UnderstandInput): Plan {
  const question = questionIn(input.text, input.words);
  if (question === '') return { kind: 'help' };
  const help = asksForHelp(question);
  if (help) return help;

  const moment = momentOf(input.askedAt, input.homes);
  const homeIndex = homeIndexOf(input.homes);
  const tokens = tokenise(question.slice(0, charactersReadMax)).slice(0, tokensReadMax);
  const named = findNamedHomes(tokens, homeIndex);
  const isWholeQuestion = question.length <= charactersReadMax && tokens.length < tokensReadMax;
  const shortcut = shortcutOf(question);

  const readings: Asked[] = [];
  for (const lexicon of lexicons()) {
    const asked: Asked = { reading: readQuestion(question, tokens, homeIndex, named, lexicon), moment };
    readings.push(asked);
    if (!isWholeQuestion) break;
    if (shortcut === 'missed') return { kind: 'calls', when: impliedToday(asked), filter: 'missed', form: 'list' };
    const followUp = input.context && !shortcut ? readFollowUp(asked, input.context, homeIndex) : undefined;
    if (followUp) return 'plan' in followUp ? followUp.plan : understand(withoutContext(input, followUp.question));
    if (asked.reading.unknown.length > 0) continue;
    const plan = applyRules(asked);
    if (plan) return plan;
  }
  // A word that a language does not know may be a name, but not if another language knows it: "appels hier".
  const fewest = Math.min(...readings.map(unexplained));
  const likeliest = readings.filter(asked => unexplained(asked) === fewest);
  for (const rule of isWholeQuestion ? [applyRules, readImpossibleDays, readUnknownHome] : []) {
    for (const asked of likeliest) {
      const plan = rule(asked);
      if (plan) return plan;
    }
  }
  return searchOrUnclear(likeliest);
}

const withoutContext = ({ askedAt, homes }: UnderstandInput, text: string): UnderstandInput => ({
  text,
  askedAt,
  homes,
  words: [],
});

/** How many words a language does not know. */
const unexplained = ({ reading }: Asked): number => reading.unknown.reduce((sum, { from, to }) => sum + to - from, 0);

/** Free text is read in the language that explains most of its words. */
function searchOrUnclear([best]: readonly Asked[]): Plan {
  return best && hasContent(best) ? readSearch(best) : { kind: 'unclear' };
}
