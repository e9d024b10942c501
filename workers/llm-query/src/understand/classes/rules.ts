import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Asked } from '../asked.ts';
import { doubtfulHome, wordsAt } from '../reading.ts';
import { readBookings } from './bookings.ts';
import { readCalls } from './calls.ts';
import { readEarlyCheckIn, readStayLonger } from './favours.ts';
import { readFreeHomes } from './free-homes.ts';
import { readGuest } from './guests.ts';
import { readHomeFact, readOccupant } from './homes.ts';
import { readNext } from './next.ts';
import { readNotShown } from './not-shown.ts';
import { readNotYet } from './not-yet.ts';
import { readOrder } from './orders.ts';
import { readReadiness } from './readiness.ts';
import { readSince } from './since.ts';
import { readInHouse, readLongestStay, readMovements, readOverview, readStayOvers, readTurnovers } from './stays.ts';
import { readTasks } from './tasks.ts';
import { readUnanswered } from './unanswered.ts';

/** In this order: what is no question, what must never be shown, the narrow before the wide. Each rule demands every word (coverage.ts). */
const rules: ReadonlyArray<(asked: Asked) => Plan | undefined> = [
  readOrder,
  readNotShown,
  readSince,
  readBookings,
  readUnanswered,
  readCalls,
  readTasks,
  readEarlyCheckIn,
  readStayLonger,
  readNotYet,
  readLongestStay,
  readStayOvers,
  readHomeFact,
  readOccupant,
  readNext,
  readTurnovers,
  readOverview,
  readReadiness,
  readMovements,
  readFreeHomes,
  readInHouse,
  readGuest,
];

/** The plan of the first rule that understands every word, or nothing. Asks back when a home's name fits several. Pure. */
export function applyRules(asked: Asked): Plan | undefined {
  for (const rule of rules) {
    const plan = rule(asked);
    if (plan) return askWhichHome(asked, plan) ?? plan;
  }
  return undefined;
}

function askWhichHome({ reading }: Asked, plan: Plan): Plan | undefined {
  const doubtful = doubtfulHome(reading);
  if (!doubtful || !('homes' in plan)) return undefined;
  const words = wordsAt(reading, doubtful.from, doubtful.to);
  return { kind: 'which_home', words, choices: [...doubtful.listingIds], question: reading.question };
}
