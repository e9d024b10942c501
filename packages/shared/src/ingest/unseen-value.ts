import type { RecordSource } from '../domain/ids.ts';
import type { Log } from '../log/log.ts';

/**
 * Words of a vendor's that no version of the mapping has met: kept as text, and told to operators once for the life of
 * an isolate. I/O: the log.
 */
export interface UnseenValue {
  /** `reservation.status` */
  readonly field: string;
  readonly value: string;
}

export function createUnseenTeller(log: Log, source: RecordSource): (values: readonly UnseenValue[]) => void {
  const told = new Set<string>();
  return values => {
    for (const { field, value } of values) {
      const name = `${field}=${value}`;
      if (told.has(name) || told.size >= TOLD_MAX) continue;
      told.add(name);
      // What is not a word may be anything, a person's text included.
      log.warn('value.unseen', { source, field, value: WORD.test(value) ? value : '(not a word)' });
    }
  };
}

const WORD = /^[a-z][a-z0-9_.-]{0,39}$/iu;
/** Far more than a vendor invents; made-up words do not fill the memory. */
const TOLD_MAX = 200;
