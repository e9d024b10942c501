import type { Answer, SourceRef } from '@innkeeper/shared/domain/answer';
import type { TimeZone } from '@innkeeper/shared/domain/local-time';
import { wallClock } from '@innkeeper/shared/domain/local-time';
import type { Home, Homes } from '../evaluate/homes.ts';
import { zoneInWords } from './days-in-words.ts';
import type { Draft } from './draft.ts';
import { severalZones, uniqueSources } from './draft.ts';
import { firstOf } from './first-of.ts';
import { FIXED } from './fixed-words.ts';

/** Adds when and from what, and cuts what is too long for one chat message into parts. Pure. */
export interface Finishing {
  readonly draft: Draft;
  readonly homes: Homes;
  readonly readAtMs: number;
  readonly author: Answer['author'];
  /** Sentences about the answer itself, e.g. that the model is not available. */
  readonly remarks: readonly string[];
}

/** Rocket.Chat's default `Message_MaxAllowedSize` is 5,000 characters; the rest is room for the part's number. */
const PART_CHARACTERS_MAX = 4_900;
/** More codes than this are not read in a footer; each line of a list carries its own. */
const SOURCES_NAMED_MAX = 8;

export function finishAnswer({ draft, homes, readAtMs, author, remarks }: Finishing): Answer {
  const sources = uniqueSources(draft.sources);
  const footer = [asOfInWords(draft.homes, homes, readAtMs), sourcesInWords(sources)].filter(part => part !== '');
  const lines = [
    ...draft.lines,
    ...remarks.map(remark => `_${remark}_`),
    ...(draft.isTimeless === true ? [] : [footer.join(' · ')]),
  ];
  return { parts: splitParts(lines), sources, author, asOf: new Date(readAtMs).toISOString() };
}

/** `as of 09:41`, on the clock of the homes spoken of; with several clocks each is named. */
function asOfInWords(mentioned: readonly Home[], homes: Homes, readAtMs: number): string {
  const zones = new Set(mentioned.map(home => home.zone));
  const others = [...zones].filter(zone => zone !== homes.mainZone).sort();
  const shown: readonly TimeZone[] =
    zones.size === 0 || zones.has(homes.mainZone) ? [homes.mainZone, ...others] : others;
  const named = severalZones(homes);
  return `${FIXED.asOf} ${shown
    .map(zone => `${wallClock(zone, readAtMs).time}${named ? ` (${zoneInWords(zone)})` : ''}`)
    .join(', ')}`;
}

function sourcesInWords(sources: readonly SourceRef[]): string {
  if (sources.length === 0) return '';
  // Several tasks may share a title.
  const labels = [...new Set(sources.map(source => source.label))];
  return `Sources: ${firstOf(labels, SOURCES_NAMED_MAX)}`;
}

/** Cuts between lines; a single line that is too long is cut at a word. Every part says where it stands. */
export function splitParts(lines: readonly string[]): string[] {
  const parts: string[] = [];
  let current = '';
  for (const line of lines.flatMap(text => cutLine(text))) {
    const joined = current === '' ? line : `${current}\n${line}`;
    if (joined.length > PART_CHARACTERS_MAX) {
      parts.push(current);
      current = line;
    } else {
      current = joined;
    }
  }
  if (current !== '') parts.push(current);
  if (parts.length === 1) return parts;
  return parts.map((part, index) => `${part}\n_part ${index + 1} of ${parts.length}_`);
}

function cutLine(line: string): string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > PART_CHARACTERS_MAX) {
    const space = rest.lastIndexOf(' ', PART_CHARACTERS_MAX);
    const end = space > 0 ? space : PART_CHARACTERS_MAX;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...pieces, rest];
}
