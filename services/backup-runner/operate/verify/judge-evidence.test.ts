import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { expect, test } from 'vitest';
import { endedRun, REBUILT } from '../../test/support/ended-run.ts';
import { type Finding, judgeEvidence } from './judge-evidence.ts';
import { judgementAsJson, judgementInWords } from './judgement-in-words.ts';

const now = new Date('2026-11-22T12:00:00.000Z');
const limits = { freshnessMs: 26 * 3_600_000, restoreMs: 8 * 24 * 3_600_000 };
const hoursAgo = (hours: number): string => new Date(now.getTime() - hours * 3_600_000).toISOString();

const run = (runId: string, endedHoursAgo: number, changes: object = {}): BackupRun =>
  endedRun(runId, new Date(hoursAgo(endedHoursAgo)), changes);

const tonight = run('2026-11-22', 9);
const drill = run('2026-11-15', 7 * 24, REBUILT);
const failure = { reason: 'dump_failed', detail: 'mongodump ended with 1.', at: hoursAgo(9), during: 'dumping' };
const failed = run('2026-11-22', 9, { state: 'failed', failure, outcomes: [] });
const kinds = (findings: readonly Finding[]): string[] => findings.map(({ kind }) => kind);

test('a backup of this night and a rebuilding of this week are enough, and the vault has to hold that backup', () => {
  const held = [tonight.runId, drill.runId];
  const judgement = judgeEvidence({ runs: [tonight, drill], inRepository: held }, limits, now);
  expect(judgement.findings).toEqual([]);
  expect(judgementInWords(judgement)).toBe(
    [
      'Last good backup          2026-11-22, 9 h ago',
      'Databases last rebuilt    2026-11-15, 7 days ago',
      '✓ The company could be restored.',
    ].join('\n'),
  );
  expect(JSON.parse(judgementAsJson(judgement))).toMatchObject({
    restorable: true,
    lastGood: { runId: '2026-11-22', ageMs: 9 * 3_600_000 },
    findings: [],
  });
});

const [old, lateDrill] = [run('2026-11-20', 50), run('2026-11-13', 9 * 24, REBUILT)];
test.each<[string, BackupRun[], string[] | undefined, string, string]>([
  ['no run at all', [], undefined, 'never_good', 'everything could be lost'],
  ['runs that failed', [failed], undefined, 'never_good', 'The newest run, 2026-11-22, failed: dump_failed.'],
  ['an old backup', [failed, old, drill], undefined, 'stale', '2026-11-20, is 2.1 days old, and 26 h are allowed'],
  [
    'a run that only calls itself good',
    [run('2026-11-22', 9, { outcomes: [] }), drill],
    undefined,
    'nothing_compared',
    'no file',
  ],
  ['no rebuilding', [tonight], undefined, 'never_rebuilt', 'nothing proves'],
  ['an old rebuilding', [tonight, lateDrill], undefined, 'restore_stale', '9 days old, and 8 days are allowed'],
  ['a good run that the vault has lost', [tonight, drill], ['2026-11-15'], 'not_held', 'does not hold it'],
  ['a date that is yet to come', [run('2027-01-01', -960), drill], undefined, 'clock', 'is yet to come'],
])('%s is found, with the next step', (_, runs, held, kind, sentence) => {
  const inRepository = held?.map(id => RunId.parse(id));
  const judgement = judgeEvidence({ runs, ...(inRepository && { inRepository }) }, limits, now);
  const found = judgement.findings.find(finding => finding.kind === kind);
  expect(found?.sentence).toContain(sentence);
  expect(judgementInWords(judgement)).toContain(`✗ ${found?.sentence}\n  ${found?.nextStep}`);
  expect(kinds(judgement.findings).filter(other => other !== 'never_rebuilt' && other !== kind)).toEqual([]);
});

test('the limits themselves are still allowed', () => {
  const edge = [run('2026-11-21', 26), run('2026-11-14', 8 * 24, REBUILT)];
  expect(judgeEvidence({ runs: edge }, limits, now).findings).toEqual([]);
});
