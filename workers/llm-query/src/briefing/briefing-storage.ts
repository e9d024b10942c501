/** A Durable Object's `storage.sql`, as far as briefings use it: one statement at a time, synchronous. */
export interface BriefingStorage {
  exec<Row extends Record<string, string | number | null>>(
    statement: string,
    ...bindings: (string | number | null)[]
  ): { toArray(): Row[] };
}
