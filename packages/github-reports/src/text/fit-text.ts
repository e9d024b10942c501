/** Most that GitHub takes as the body of an issue or a comment; counted as JavaScript does, which is never too few. */
export const BODY_CHARACTERS_MAX = 65_536;

/** For the sentence about what is left out, and the ends of blocks that were open. */
const TAIL_CHARACTERS = 400;

/**
 * The text, or as much of its beginning as fits into `limit` characters with a sentence on what was left out; `whole`
 * says where all of it is. Ends at the end of a line where there is one near; closes the code block and the
 * `<details>` it cuts through. Pure. `limit` is at least twice `TAIL_CHARACTERS`.
 */
export function fitText(text: string, limit: number, whole: string): string {
  if (text.length <= limit) return text;
  const kept = cutAtLine(text, limit - TAIL_CHARACTERS);
  const left = (text.length - kept.length).toLocaleString('en');
  const ends = [
    ...openFences(kept),
    ...(countOf(kept, '<details>') > countOf(kept, '</details>') ? ['</details>'] : []),
  ];
  const room = TAIL_CHARACTERS - 120;
  return [kept, ...ends, '', `_${left} characters are left out here. ${whole.slice(0, room)}_`].join('\n');
}

function cutAtLine(text: string, length: number): string {
  const cut = text.slice(0, length);
  const line = cut.lastIndexOf('\n');
  if (line > length / 2) return cut.slice(0, line);
  // A surrogate without its other half would be no character at all.
  return /[\uD800-\uDBFF]$/u.test(cut) ? cut.slice(0, -1) : cut;
}

/** The fence of the block of code that the text ends in, if it ends in one. */
function openFences(text: string): string[] {
  let open: string[] = [];
  for (const [, fence = '', rest = ''] of text.matchAll(/^(`{3,})(.*)$/gmu)) {
    const [current] = open;
    if (current === undefined) open = [fence];
    else if (fence.length >= current.length && rest.trim() === '') open = [];
  }
  return open;
}

const countOf = (text: string, part: string): number => text.split(part).length - 1;
