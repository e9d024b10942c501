/** One command as somebody types it, taken apart. */
export interface TypedCommand {
  /** What is called: `./dev`, `terraform`, `scripts/….sh`. */
  readonly program: string;
  readonly words: readonly string[];
}

/** Lines of a Markdown text's fenced blocks. Pure. */
export const codeLines = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^```[a-z]*\n(?<code>[\s\S]*?)^```$/gmu)].flatMap(({ groups }) =>
    (groups?.['code'] ?? '').split('\n').filter(line => line.trim() !== ''),
  );

/** What stands between backticks in a text and calls `./dev`. Pure. */
export const inlineCommands = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/`(?<command>\.\/dev [^`]+)`/gu)].map(({ groups }) => groups?.['command'] ?? '');

/**
 * The commands of a line of shell: both sides of pipes and conditions, bodies of loops, what is substituted. No shell
 * is asked, so it knows only as much of one as the guide uses. Pure.
 */
export function commandsOf(line: string): readonly TypedCommand[] {
  const inner = [...line.matchAll(/\$\((?<command>(?:[^()]|\([^()]*\))*)\)/gu)].map(
    ({ groups }) => groups?.['command'] ?? '',
  );
  const plain = line.replaceAll(/\$\((?:[^()]|\([^()]*\))*\)/gu, 'SUBSTITUTED').replaceAll(/'[^']*'/gu, 'QUOTED');
  const own = plain
    .split(/&&|\|\||[|;()]|\bdo\b/u)
    .map(part => part.trim().split(/\s+/u))
    .map(words => words.filter((word, index) => !isAssignment(words, word, index)))
    .flatMap(([program, ...words]) => (program === undefined || program === '' ? [] : [{ program, words }]));
  return [...own, ...inner.flatMap(commandsOf)];
}

/** `NAME=value` in front of a command. */
const isAssignment = (words: readonly string[], word: string, index: number): boolean =>
  words.slice(0, index + 1).every(each => /^[A-Z_]+=/u.test(each)) && word !== '';

/** Options of a command, and the word behind it that says what to do, that its help does not have. Pure. */
export function unknownWords(words: readonly string[], help: string): readonly string[] {
  const [verb = ''] = words;
  const named = [...words.filter(word => /^--[a-z]/u.test(word)), ...(/^[a-z][a-z-]+$/u.test(verb) ? [verb] : [])];
  return named.filter(word => !new RegExp(`(?<![\\w-])${word}(?![\\w-])`, 'u').test(help));
}
