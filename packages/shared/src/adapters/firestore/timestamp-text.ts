import { Timestamp } from '../../ports/document-store.ts';

/** RFC 3339 in UTC with microseconds, as Firestore reads and writes it. Pure. */
export function timestampToText(timestamp: Timestamp): string {
  const micros = ((timestamp.epochMicros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const wholeSeconds = (timestamp.epochMicros - micros) / 1_000_000n;
  const date = new Date(Number(wholeSeconds) * 1000).toISOString().slice(0, 19);
  return `${date}.${String(micros).padStart(6, '0')}Z`;
}

const TEXT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z$/u;

/** `undefined` where the text is not one. Digits below the microsecond, which Firestore does not keep, are cut. */
export function timestampFromText(text: string): Timestamp | undefined {
  const [, seconds, fraction = ''] = TEXT.exec(text) ?? [];
  const epochMs = seconds === undefined ? Number.NaN : Date.parse(`${seconds}Z`);
  if (Number.isNaN(epochMs)) return undefined;
  return new Timestamp(BigInt(epochMs) * 1000n + BigInt(fraction.padEnd(6, '0').slice(0, 6)));
}
