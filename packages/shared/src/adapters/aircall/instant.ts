/**
 * Aircall's three ways to write a moment, depending on the object: Unix seconds (calls, users), milliseconds (messages)
 * and text (contacts, insights). Pure.
 */

/** The year 5138 in seconds and 1973 in milliseconds: no telephone system has a moment on the wrong side of it. */
const MILLISECONDS_FROM = 100_000_000_000;
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** Milliseconds since the epoch; `undefined` for what is no moment since then. Text without a zone is UTC. */
export function momentMs(moment: number | string): number | undefined {
  const ms = typeof moment === 'number' ? scaled(moment) : textMs(moment.trim());
  return ms >= 0 && ms <= LAST_MS ? Math.floor(ms) : undefined;
}

/** ISO 8601 UTC. */
export function toInstant(moment: number | string): string | undefined {
  const ms = momentMs(moment);
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

const scaled = (value: number): number => (value < MILLISECONDS_FROM ? value * 1000 : value);

function textMs(text: string): number {
  if (/^\d+(?:\.\d+)?$/u.test(text)) return scaled(Number(text));
  const dated = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})?$/u.exec(text);
  if (dated === null) return Number.NaN;
  const [, day, time, zone] = dated;
  return Date.parse(`${day}T${time}${zone === undefined || zone === 'UTC' ? 'Z' : zone}`);
}
