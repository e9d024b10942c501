import { fitText } from './fit-text.ts';

/** A part of a comment: a heading, and a text of any length. */
export interface Section {
  readonly title: string;
  readonly text: string;
}

/** Title, `<details>` and the like around a section. */
const FRAME_CHARACTERS = 200;
/** Under this a cut text says nothing. */
const SHARE_MIN = 800;

/**
 * The sections below one another, within `limit` characters. The short ones stay whole, and what they do not need
 * goes to the long ones in equal parts, so that one environment's plan never pushes out another's. Pure.
 */
export function fitSections(head: string, sections: readonly Section[], limit: number, whole: string): string {
  const room = limit - head.length - sections.length * FRAME_CHARACTERS;
  const share = fairShare(
    sections.map(({ text }) => text.length),
    room,
  );
  const parts = sections.map(({ title, text }) => frame(title, fitText(text, Math.max(SHARE_MIN, share), whole)));
  return fitText([head, ...parts].join('\n\n'), limit, whole);
}

/** The most that each of them may take so that all together take no more than `room`. */
export function fairShare(lengths: readonly number[], room: number): number {
  let left = room;
  const sorted = lengths.toSorted((one, other) => one - other);
  for (const [index, length] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index));
    if (length > share) return share;
    left -= length;
  }
  return room;
}

const frame = (title: string, text: string): string =>
  `<details>\n<summary>${title}</summary>\n\n${text}\n\n</details>`;
