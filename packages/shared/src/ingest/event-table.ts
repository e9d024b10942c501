/**
 * What a vendor's events become, as data: it drives the mapping, says which events to subscribe to, and is printed as
 * the table in each Worker's README. One row for every event the vendor is known to send; there is no default row.
 */
export type EventTable = Readonly<Record<string, EventRow>>;

export type EventRow = MappedRow | UnsupportedRow;

export interface MappedRow {
  /** One line in plain words: the record and what the event tells of it. */
  readonly becomes: string;
  /** Subjects that are marked to be read from the vendor besides. */
  readonly reads?: readonly string[];
}

export interface UnsupportedRow {
  /** One line in plain words: why the event is kept without being acted on. */
  readonly unsupported: string;
}

/** The events a subscription asks for: exactly those that are mapped. */
export const mappedEvents = (table: EventTable): string[] =>
  Object.entries(table).flatMap(([event, row]) => ('becomes' in row ? [event] : []));

/** Reason noted with an event whose row says that it is not acted on; the row itself says why. */
export const NAMED_UNSUPPORTED = 'named_unsupported';
