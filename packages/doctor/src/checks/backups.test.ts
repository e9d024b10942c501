import { exampleRun } from '@innkeeper/backup/testing/example-run';
import type { DocumentFields } from '@innkeeper/shared/ports/document-store';
import { expect, test } from 'vitest';
import type { Verdict } from '../report/finding.ts';
import { absent, there } from '../run/availability.ts';
import { inMemorySecretVersions, type VersionRows } from '../testing/in-memory-secret-versions.ts';
import { openInMemoryDocuments } from '../testing/open-in-memory-documents.ts';
import { backupChecks } from './backups.ts';

const NOW = new Date('2026-11-22T06:00:00Z');
const SET = { 'dead-man-url': [{ madeAt: NOW, state: 'ENABLED' }] } as const;

/** What is said of the outside watch after a good night whose end was `told`. */
async function outsideWatch(
  secrets: VersionRows,
  told: Readonly<Record<string, string>>,
): Promise<Verdict | undefined> {
  const run = exampleRun({ told });
  const { runId, state, endedAt = NOW.toISOString() } = run;
  const documents = await openInMemoryDocuments({
    'backupStatus/summary': { v: 1, updatedAt: endedAt, lastRun: { runId, state, endedAt }, nextDueAt: endedAt },
    [`backups/${runId}`]: JSON.parse(JSON.stringify(run)) as DocumentFields,
  });
  const elsewhere = absent('not of interest here');
  const checks = backupChecks(
    {
      ops: there(documents),
      secrets: there(inMemorySecretVersions(secrets)),
      firestore: elsewhere,
      hetzner: elsewhere,
      addresses: { get: () => Promise.reject(new Error('nobody asks')) },
    },
    { deployed: { functions: true, swarm: true, workers: true } },
    'https://vault.example.com',
    NOW,
  );
  return checks.find(({ id }) => id === 'backups/outside-watch')?.ask();
}

test('an outside watch that was told is well', async () => {
  const verdict = await outsideWatch(SET, { dead_man: '2026-11-22T03:05:01Z' });
  expect(verdict).toEqual({ kind: 'well', figure: 'told of 2026-11-22, 2 h ago' });
});

test('one that was not told is unwell', async () => {
  expect(await outsideWatch(SET, {})).toMatchObject({ figure: 'was not told of 2026-11-22', urgency: 'today' });
});

test('without an address there is none, though a run ends as told', async () => {
  const verdict = await outsideWatch({}, { dead_man: '2026-11-22T03:05:01Z' });
  expect(verdict).toMatchObject({ kind: 'unwell', nextStep: expect.stringContaining('dead-man-url') as string });
});
