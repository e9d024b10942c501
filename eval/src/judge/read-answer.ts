import type { Clock, Day } from '../world/calendar.ts';
import type { World } from '../world/world.ts';

/**
 * Reads a posted answer back into what it says, from its text alone, as somebody who knows the company's homes and
 * booking codes would: line by line, whatever the words in between. Pure.
 */
export interface Line {
  readonly text: string;
  readonly codes: readonly string[];
  readonly homes: readonly string[];
  readonly clocks: readonly { readonly clock: Clock; readonly basis: 'planned' | 'default' | undefined }[];
  /** Days in the line itself, or of the heading it stands under. */
  readonly days: readonly Day[];
}

export interface ReadAnswer {
  /** Without marks of layout. */
  readonly text: string;
  readonly heading: string;
  /** First and last day that the heading speaks of. */
  readonly headingDays?: { readonly from: Day; readonly to: Day };
  /** Lines that list something. */
  readonly lines: readonly Line[];
  readonly quotes: readonly string[];
  readonly saysNobody: boolean;
  readonly saysDontKnow: boolean;
  readonly asksBack: boolean;
  readonly footer: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY =
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*(?: (\d{4}))?/gu;
const CLOCK = /\b([01]\d|2[0-3]):[0-5]\d\b(?: (planned|default))?/gu;
const CODE = /\bHM[A-Z]\d{4,}\b/gu;

export function readAnswer(posted: string, world: World, thisYear: string): ReadAnswer {
  const plain = withoutMarks(posted);
  const all = plain.split('\n');
  const footer = all.filter(line => /^as of \d/u.test(line)).join('\n');
  const body = all.filter(line => !/^as of \d/u.test(line) && !/^part \d+ of \d+$/u.test(line));
  const [heading = ''] = body;
  const headingDays = daysIn(/\(([^)]*)\)/u.exec(heading)?.[1] ?? '', thisYear);
  const lines: Line[] = [];
  let under: readonly Day[] = [];
  for (const line of body.slice(1)) {
    const days = daysIn(line, thisYear);
    if (!line.startsWith('• ') && days.length > 0 && line.replace(DAY, '').trim() === '') under = days;
    else if (line.startsWith('• ')) lines.push(lineOf(line, days.length > 0 ? days : under, world));
  }
  const [from, to] = [headingDays[0], headingDays.at(-1)];
  return {
    text: plain,
    heading,
    ...(from === undefined || to === undefined ? {} : { headingDays: { from, to } }),
    lines,
    quotes: body.flatMap(line => /^> “(.*)”$/u.exec(line)?.[1] ?? []),
    saysNobody: /\b(?:nobody|none|no one|nothing)\b/iu.test(plain),
    saysDontKnow: /^I don't know\b/u.test(plain),
    asksBack: /^Which\b.*\?/u.test(heading),
    footer,
  };
}

/** One line as such: the naive baseline's texts have no headings. */
export function lineOf(text: string, days: readonly Day[], world: World): Line {
  return {
    text,
    codes: [...new Set(text.match(CODE))],
    homes: world.homes.map(({ name }) => name).filter(name => text.includes(name)),
    clocks: [...text.matchAll(CLOCK)].map(([at, , basis]) => ({
      clock: at.slice(0, 5),
      basis: basis === 'planned' || basis === 'default' ? basis : undefined,
    })),
    days,
  };
}

function daysIn(text: string, thisYear: string): Day[] {
  return [...text.matchAll(DAY)].map(([, day = '', month = '', year = thisYear]) => {
    const number = String(MONTHS.indexOf(month.slice(0, 3)) + 1).padStart(2, '0');
    return `${year}-${number}-${day.padStart(2, '0')}`;
  });
}

const withoutMarks = (posted: string): string =>
  posted
    .replace(/[\u200b-\u200d\u2060]/gu, '')
    .replace(/\\([*_~`\\|<>])/gu, '\ue000$1')
    .replace(/(?<!\ue000)[*_]/gu, '')
    .replaceAll('\ue000', '');
