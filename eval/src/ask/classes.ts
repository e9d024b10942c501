import { callClasses } from './classes/calls.ts';
import { countClasses } from './classes/counts.ts';
import { dateClasses } from './classes/dates.ts';
import { filterClasses } from './classes/filters.ts';
import { guestClasses } from './classes/guests.ts';
import { homeClasses } from './classes/homes.ts';
import { mixedClasses } from './classes/mixed.ts';
import { newsClasses } from './classes/news.ts';
import { partlyKnownClasses } from './classes/partly-known.ts';
import { readinessClasses } from './classes/readiness.ts';
import { arrivals, arrivalsAtHome, departures, inHouse, pastArrivals, stayOvers, turnovers } from './classes/stays.ts';
import { talkClasses } from './classes/talk.ts';
import { threadClasses } from './classes/threads.ts';
import type { QuestionClass } from './scene.ts';

export const CLASSES: readonly QuestionClass[] = [
  arrivals,
  arrivalsAtHome,
  pastArrivals,
  departures,
  inHouse,
  stayOvers,
  turnovers,
  ...homeClasses,
  ...guestClasses,
  ...countClasses,
  ...filterClasses,
  ...newsClasses,
  ...callClasses,
  ...readinessClasses,
  ...talkClasses,
  ...mixedClasses,
  ...partlyKnownClasses,
  ...threadClasses,
  ...dateClasses,
];

/** Answered by searching what people wrote; everything else is decided from records. */
export const FREE_CLASSES: ReadonlySet<string> = new Set(
  [...[...talkClasses, ...mixedClasses, ...partlyKnownClasses].map(({ name }) => name), 'bad input', 'dates'].filter(
    name => name !== 'not shown in chat',
  ),
);
