import type { LocalDate } from '@innkeeper/shared/domain/local-time';
import { dayInWords, instantInWords } from '../compose/days-in-words.ts';
import type { Draft, Rendering } from '../compose/draft.ts';
import { withGaps } from '../compose/with-gaps.ts';
import type { Gaps, Snapshot } from '../evaluate/snapshot.ts';
import { renderPlan } from '../render-plan.ts';
import type { BriefingSection } from './briefing-sections.ts';
import type { BriefingKind } from './schedule.ts';

/** A briefing's words: the answers to its sections, one under the other. Decided by code from re-read records. Pure. */
export interface BriefingFacts {
  readonly kind: BriefingKind;
  /** On the room's clock. */
  readonly date: LocalDate;
  /** Each section with the records it is decided from. */
  readonly sections: readonly (BriefingSection & { readonly snapshot: Snapshot })[];
  /** ISO 8601; undefined when nothing was ever received. */
  readonly newestRecordAt: string | undefined;
}

const TITLES = { morning: 'Morning briefing', evening: 'Evening look at tomorrow' } as const;
const QUIET = { morning: 'Nobody arrives or leaves today.', evening: 'Nobody arrives or leaves tomorrow.' } as const;

/**
 * Between late calls of one day and the first of the next, something is received: longer silence is a fault or a
 * holiday.
 */
const STALE_AFTER_MS = 12 * 3_600_000;

export function renderBriefing(facts: BriefingFacts, rendering: Rendering): Draft {
  const gaps = gapsOfAll(facts.sections.map(({ snapshot }) => snapshot.gaps));
  const sections = facts.sections.map(
    ({ plan, isSilentWhenEmpty, snapshot: { gaps: _saidOnceBelow, ...snapshot } }) => ({
      plan,
      isSilentWhenEmpty,
      draft: renderPlan(plan, snapshot, rendering),
    }),
  );
  const isEmpty = ({ draft }: { readonly draft: Draft }): boolean => draft.sources.length === 0;
  const isWhole = gaps.unread === 0 && !gaps.isNewestMissing;
  const isQuiet = isWhole && sections.filter(({ plan }) => MOVEMENTS.has(plan.kind)).every(isEmpty);
  const told = sections.filter(section =>
    isEmpty(section) ? !section.isSilentWhenEmpty && !(isQuiet && MOVEMENTS.has(section.plan.kind)) : true,
  );
  const stale = staleInWords(facts.newestRecordAt, rendering);
  const draft = {
    lines: [
      `*${TITLES[facts.kind]}, ${dayInWords(facts.date, rendering.thisYear)}*`,
      ...(stale === undefined ? [] : [stale]),
      ...(isQuiet ? [QUIET[facts.kind]] : []),
      ...told.flatMap(section => section.draft.lines),
    ],
    sources: told.flatMap(section => section.draft.sources),
    homes: told.flatMap(section => section.draft.homes),
  };
  return withGaps(draft, gaps);
}

/** Sections are read apart, so a record that cannot be read is missed in several of them, and counted once at most. */
const gapsOfAll = (gaps: readonly (Gaps | undefined)[]): Gaps => ({
  unread: Math.max(0, ...gaps.map(gap => gap?.unread ?? 0)),
  isNewestMissing: gaps.some(gap => gap?.isNewestMissing === true),
});

const MOVEMENTS: ReadonlySet<string> = new Set(['arrivals', 'departures']);

function staleInWords(newestRecordAt: string | undefined, { homes, thisYear }: Rendering): string | undefined {
  if (newestRecordAt === undefined) return '_No booking, message or call was ever received: this says nothing yet._';
  if (homes.askedAtMs - Date.parse(newestRecordAt) < STALE_AFTER_MS) return undefined;
  const at = instantInWords(newestRecordAt, homes.mainZone, thisYear);
  return `_This may be out of date: nothing new was received since ${at}._`;
}
