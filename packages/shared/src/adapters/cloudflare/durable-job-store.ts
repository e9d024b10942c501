import type { JobStore, StoredJob } from '../../jobs/job-store.ts';

/** Read jobs in a Durable Object's SQLite. I/O: the object's storage. */
export function durableJobStore(storage: Pick<DurableObjectStorage, 'sql' | 'transactionSync'>): JobStore {
  const { sql } = storage;
  for (const statement of SCHEMA) sql.exec(statement);
  const select = (clause: string, ...bindings: string[]): StoredJob[] =>
    sql
      .exec<{ stored: string }>(`SELECT stored FROM jobs ${clause}`, ...bindings)
      .toArray()
      .map(row => JSON.parse(row.stored) as StoredJob); // written by this file only

  return {
    all: () => select('ORDER BY started_at DESC, job_id'),
    get: jobId => select('WHERE job_id = ?', jobId)[0],
    put: (stored, things = []) =>
      storage.transactionSync(() => {
        const { jobId, startedAt } = stored.job;
        sql.exec('INSERT OR REPLACE INTO jobs VALUES (?, ?, ?)', jobId, startedAt, JSON.stringify(stored));
        for (const thing of things) sql.exec('INSERT OR IGNORE INTO job_seen VALUES (?, ?)', jobId, thing);
      }),
    seen: (jobId, things) =>
      new Set(
        things.filter(
          thing => sql.exec('SELECT 1 FROM job_seen WHERE job_id = ? AND thing = ?', jobId, thing).toArray().length > 0,
        ),
      ),
    forgetSeen: jobId => {
      sql.exec('DELETE FROM job_seen WHERE job_id = ?', jobId);
    },
    remove: jobId =>
      storage.transactionSync(() => {
        sql.exec('DELETE FROM jobs WHERE job_id = ?', jobId);
        sql.exec('DELETE FROM job_seen WHERE job_id = ?', jobId);
      }),
  };
}

const SCHEMA = [
  'CREATE TABLE IF NOT EXISTS jobs (job_id TEXT PRIMARY KEY, started_at TEXT NOT NULL, stored TEXT NOT NULL)',
  'CREATE TABLE IF NOT EXISTS job_seen (job_id TEXT NOT NULL, thing TEXT NOT NULL, PRIMARY KEY (job_id, thing)) WITHOUT ROWID',
];
