import type { ReadJob } from '@innkeeper/shared/contracts/read-job';
import type { ResourcePlan } from '@innkeeper/shared/jobs/page-reader';

/** Guesty's lists and how each is walked. Homes and guests before the bookings that name them. Pure. */
const DAY_MS = 86_400_000;
/** Twelve months back and eighteen ahead: as far as people ask. */
const ARRIVALS = { backMs: 366 * DAY_MS, aheadMs: 550 * DAY_MS };
/** Conversations go quiet; older ones are told by their webhooks or by a first fill. */
const CONVERSATIONS_BACK_MS = 7 * DAY_MS;
/** The first gap check of all looks this far back. */
const FIRST_GAP_MS = 60 * 60_000;

type Window = ReadJob['window'];

const isoOf = (epochMs: number): string => new Date(epochMs).toISOString();
const changedSince = (nowMs: number, sinceMs: number | undefined): Window => ({
  from: isoOf(sinceMs ?? nowMs - FIRST_GAP_MS),
});
const arrivals = (nowMs: number): Window => ({
  from: isoOf(nowMs - ARRIVALS.backMs),
  to: isoOf(nowMs + ARRIVALS.aheadMs),
});

const everything: ResourcePlan['window'] = (purpose, nowMs, sinceMs) =>
  purpose === 'gap-check' ? changedSince(nowMs, sinceMs) : {};

const PURPOSES = ['backfill', 'gap-check', 'comparison'] as const;

export const RESOURCES: readonly ResourcePlan[] = [
  { resource: 'listings', kinds: ['listing'], purposes: PURPOSES, window: everything },
  { resource: 'guests', kinds: ['guest'], purposes: PURPOSES, window: everything },
  {
    resource: 'reservations',
    kinds: ['reservation'],
    purposes: PURPOSES,
    window: (purpose, nowMs, sinceMs) => (purpose === 'gap-check' ? changedSince(nowMs, sinceMs) : arrivals(nowMs)),
    covers: arrivesWithin,
  },
  {
    resource: 'conversations',
    // The vendor deletes no messages: what a walk did not show has not vanished.
    kinds: [],
    purposes: PURPOSES,
    window: (purpose, nowMs, sinceMs) => {
      if (purpose === 'gap-check') return changedSince(nowMs, sinceMs);
      return purpose === 'comparison' ? { from: isoOf(nowMs - CONVERSATIONS_BACK_MS) } : {};
    },
  },
  { resource: 'tasks', kinds: ['task'], purposes: PURPOSES, window: everything },
  // Differences are read home by home, and that read ends what is no longer blocked.
  { resource: 'calendars', kinds: [], purposes: ['gap-check', 'comparison'], window: () => ({}) },
];

/** By the first arrival, as the vendor's list bounds it; a day at either end is left out, where time zones blur it. */
function arrivesWithin({ facts }: Parameters<NonNullable<ResourcePlan['covers']>>[0], { from, to }: Window): boolean {
  const [first] = Array.isArray(facts['stay']) ? (facts['stay'] as unknown[]) : [];
  const checkInDate =
    typeof first === 'object' && first !== null && 'checkInDate' in first ? first.checkInDate : undefined;
  if (typeof checkInDate !== 'string') return false;
  const arrival = Date.parse(checkInDate);
  return arrival > Date.parse(from ?? '1970-01-01') + DAY_MS && arrival < Date.parse(to ?? '2200-01-01') - DAY_MS;
}
