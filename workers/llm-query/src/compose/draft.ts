import type { SourceRef } from '@innkeeper/shared/domain/answer';
import type { Scope } from '@innkeeper/shared/domain/question';
import type { Home, Homes } from '../evaluate/homes.ts';

/** What the renderers need to know beside the finding. */
export interface Rendering {
  readonly homes: Homes;
  readonly scope: Exclude<Scope, 'none'>;
  /** Four digits; dates of other years are written out. */
  readonly thisYear: string;
  readonly links: Links;
}

/** Where a person opens the thing itself. */
export interface Links {
  booking(reservationId: string): string;
  call(callId: string): string;
}

/** An answer's words before footer and splitting. `lines` are Rocket.Chat Markdown; a line is never split. */
export interface Draft {
  readonly lines: readonly string[];
  readonly sources: readonly SourceRef[];
  /** Homes the answer speaks of: their clocks are the ones "as of" is told on. */
  readonly homes: readonly Home[];
  /** Says nothing of the data, so "as of" would say nothing either. */
  readonly isTimeless?: true;
}

export const severalZones = (homes: Homes): boolean => new Set(homes.all.map(home => home.zone)).size > 1;

export const uniqueSources = (sources: readonly SourceRef[]): SourceRef[] => [
  ...new Map(sources.map(source => [source.key, source])).values(),
];
