import type { RateJournal } from '../../hydration/rate-gate.ts';

/** Counts of calls in a Durable Object's SQLite. I/O: its storage. */
export function durableRateJournal(sql: SqlStorage): RateJournal {
  sql.exec('CREATE TABLE IF NOT EXISTS calls (span_ms INTEGER PRIMARY KEY, calls INTEGER NOT NULL)');
  sql.exec('CREATE TABLE IF NOT EXISTS closed (id INTEGER PRIMARY KEY CHECK (id = 1), until_ms INTEGER NOT NULL)');
  return {
    load: sinceMs => ({
      spans: sql
        .exec<{ spanMs: number; calls: number }>(
          'SELECT span_ms AS spanMs, calls FROM calls WHERE span_ms >= ? ORDER BY span_ms',
          sinceMs,
        )
        .toArray(),
      closedUntilMs: sql.exec<{ untilMs: number }>('SELECT until_ms AS untilMs FROM closed').toArray()[0]?.untilMs ?? 0,
    }),
    count: (spanMs, forgetBeforeMs) => {
      sql.exec('INSERT INTO calls VALUES (?, 1) ON CONFLICT (span_ms) DO UPDATE SET calls = calls + 1', spanMs);
      sql.exec('DELETE FROM calls WHERE span_ms < ?', forgetBeforeMs);
    },
    close: untilMs => {
      sql.exec('INSERT OR REPLACE INTO closed VALUES (1, ?)', untilMs);
    },
  };
}
