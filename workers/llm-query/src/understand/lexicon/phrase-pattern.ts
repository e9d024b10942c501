/**
 * Phrases written short: `|` separates alternatives, `(a|b)` is one of them, `[a|b]` one or none, everywhere and
 * inside each other. `(check|checks) in [today|now]` is six phrases; they are matched as written, never spelled out.
 * A bracket that follows a word without a space holds its endings: `check[s]`, `arriv(es|ing)`. Pure.
 */
export type Sequence = readonly Item[];
type Item = string | { readonly options: readonly Sequence[]; readonly optional: boolean };

/** The alternatives of a pattern. A bracket that never closes ends with the pattern. */
export const readPattern = (pattern: string): readonly Sequence[] =>
  readOptions(pattern.match(/[^\s()[\]|]+(?:[([][^()[\]]*[)\]])?|[()[\]|]/gu) ?? [], { at: 0 });

function readOptions(signs: readonly string[], cursor: { at: number }): readonly Sequence[] {
  const options: Sequence[] = [];
  let sequence: Item[] = [];
  for (; cursor.at < signs.length; cursor.at += 1) {
    const sign = signs[cursor.at] ?? '';
    if (sign === ')' || sign === ']') break;
    if (sign === '|') {
      options.push(sequence);
      sequence = [];
    } else if (sign === '(' || sign === '[') {
      cursor.at += 1;
      sequence.push({ options: readOptions(signs, cursor), optional: sign === '[' });
    } else sequence.push(spelled(sign));
  }
  return [...options, sequence];
}

/** A word, or one of those that a stem and its endings spell. */
function spelled(word: string): Item {
  const [stem = '', endings] = word.split(/[([]/u);
  if (endings === undefined) return word;
  const all = [...(word.includes('[') ? [''] : []), ...endings.slice(0, -1).split('|')];
  return { options: all.map(ending => [`${stem}${ending}`]), optional: false };
}

/** Every word such a phrase can begin with. */
export function firstWordsOf(sequence: Sequence): readonly string[] {
  const first: string[] = [];
  for (const item of sequence) {
    if (typeof item === 'string') return [...first, item];
    first.push(...item.options.flatMap(firstWordsOf));
    if (!item.optional) return first;
  }
  return first;
}

/** Goes past a word, if it stands at a place. */
export type Step = (at: number, word: string) => number | undefined;

/** Where the longest phrase of a sequence ends that begins at `start`, followed by what `rest` asks for. */
export function longestEnd(
  sequence: Sequence,
  start: number,
  step: Step,
  rest: (at: number) => number | undefined = end => end,
  first = 0,
): number | undefined {
  let at = start;
  for (let index = first; index < sequence.length; index += 1) {
    const item = sequence[index] ?? '';
    if (typeof item !== 'string') {
      const following = (end: number): number | undefined => longestEnd(sequence, end, step, rest, index + 1);
      let longest = item.optional ? following(at) : undefined;
      for (const option of item.options) {
        const end = longestEnd(option, at, step, following);
        if (end !== undefined && end > (longest ?? -1)) longest = end;
      }
      return longest;
    }
    const next = step(at, item);
    if (next === undefined) return undefined;
    at = next;
  }
  return rest(at);
}
