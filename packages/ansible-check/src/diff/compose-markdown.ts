/** A difference for people to read below a pull request, as long as a comment may be. Pure. */
export interface Difference {
  readonly environment: string;
  /** What is compared, such as `1a2b3c4 → 5d6e7f8`. */
  readonly compared: string;
  /** Of git or of Ansible. */
  readonly text: string;
}

/** GitHub takes 65,536 in a comment; the rest is for whoever puts something around it. */
export const CHARACTERS_MAX = 60_000;
/** A file in git's difference, a task in Ansible's. */
const PART = /^(?=diff --git |TASK \[|RUNNING HANDLER \[|PLAY )/mu;
/** What else Ansible says is about nobody's change: names of plays, warnings, the recap. */
const CHANGE = /^(?:diff --git |TASK \[|RUNNING HANDLER \[)/u;
const CHANGED_LINE = /^(?:\+(?!\+\+ )|-(?!-- ))/gmu;
const NAMES_MAX = 2_000;

export function composeMarkdown({ environment, compared, text }: Difference, most = CHARACTERS_MAX): string {
  const parts = text
    .split(PART)
    .map(part => part.trimEnd())
    .filter(part => CHANGE.test(part));
  const title = `### Ansible: ${environment}\n\n`;
  if (parts.length === 0) return `${title}Nothing changes on the servers (${compared}).\n`;
  const fence = longerFence(text);
  const heading = `${title}${countOf(parts)} (${compared}).\n\n`;
  const frame = `${heading}${fence}diff\n\n${fence}\n`.length + NAMES_MAX;
  const shown: string[] = [];
  const leftOut: string[] = [];
  let length = frame;
  for (const part of parts) {
    if (leftOut.length === 0 && length + part.length + 1 <= most) {
      shown.push(part);
      length += part.length + 1;
    } else leftOut.push(part);
  }
  const body = shown.length === 0 ? '' : `${fence}diff\n${shown.join('\n')}\n${fence}\n`;
  return `${heading}${body}${leftOut.length === 0 ? '' : wordsOf(leftOut, shown.length > 0)}`;
}

function wordsOf(parts: readonly string[], isFollowing: boolean): string {
  const names: string[] = [];
  let left = NAMES_MAX - 200;
  for (const part of parts) {
    const name = `- ${nameOf(part).slice(0, 200)}: ${linesOf([part])}`;
    left -= name.length + 1;
    if (left < 0) break;
    names.push(name);
  }
  const others = parts.length - names.length;
  return [
    `${isFollowing ? '\n' : ''}**Left out because a comment may be no longer**, ${countOf(parts)}:`,
    '',
    ...names,
    ...(others > 0 ? [`- and ${others} more`] : []),
    '',
  ].join('\n');
}

const countOf = (parts: readonly string[]): string =>
  `${parts.length === 1 ? '1 part differs' : `${parts.length} parts differ`}, ${linesOf(parts)}`;

function linesOf(parts: readonly string[]): string {
  const lines = parts.reduce((sum, part) => sum + [...part.matchAll(CHANGED_LINE)].length, 0);
  return lines === 1 ? '1 changed line' : `${lines} changed lines`;
}

const nameOf = (part: string): string =>
  (/^diff --git \S+ b\/(?<file>.*)$/mu.exec(part)?.groups?.['file'] ?? part.split('\n')[0] ?? '')
    .replaceAll('`', "'")
    .trim();

/** Longer than any that the text itself holds. */
const longerFence = (text: string): string =>
  '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/gu)].map(([ticks]) => ticks.length + 1)));
