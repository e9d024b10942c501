/**
 * The question inside a chat message: without the bot's mention, trigger words and control characters. Pure.
 * A mention counts anywhere, a trigger word only at the start ("what does !query do" keeps it).
 */
export function questionIn(text: string, words: readonly string[]): string {
  let question = text.replace(/\p{Cc}/gu, ' ');
  const mentionsFirst = [...words].sort((one, other) => Number(other.startsWith('@')) - Number(one.startsWith('@')));
  for (const word of mentionsFirst) {
    if (word === '') continue;
    const literal = word.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
    const pattern = word.startsWith('@')
      ? `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}_-])`
      : `^\\s*${literal}(?![\\p{L}\\p{N}])`;
    question = question.replace(new RegExp(pattern, word.startsWith('@') ? 'giu' : 'iu'), ' ');
  }
  return question
    .replace(/\s+/gu, ' ')
    .replace(/^[\s,:;]+/u, '')
    .trimEnd();
}
