import type { BackupReport, ReportReply } from '@innkeeper/shared/contracts/backup/report';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { createLog } from '@innkeeper/shared/log/log';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { describe, expect, it } from 'vitest';
import type { PostError } from '../exchange/post-until-answered.ts';
import { manualTime } from '../testing/manual-time.ts';
import { createReporter, PROGRESS_EVERY_MS } from './reporter.ts';

type Answer = Result<ReportReply, PostError>;
const OUTCOME = { step: 'checking' } as const;

/** A function that answers when the test says so. */
function start() {
  const time = manualTime();
  const sent: { readonly report: BackupReport; readonly answer: (answer: Answer) => Promise<void> }[] = [];
  const stops: string[] = [];
  const reporter = createReporter({
    runId: RunId.parse('2026-11-21'),
    time,
    log: createLog('backup-runner', () => undefined),
    onStop: detail => stops.push(detail),
    patienceMs: () => 60_000,
    send: (report, { signal }) =>
      new Promise(resolve => {
        const answer = async (value: Answer): Promise<void> => {
          resolve(value);
          await settled();
        };
        signal.addEventListener('abort', () => resolve(err({ kind: 'aborted' })));
        sent.push({ report, answer });
      }),
  });
  const taken = (stop = false): Answer => ok({ v: 1, sequence: sent.length, stop });
  const answerLast = (answer: Answer = taken()): Promise<void> | undefined => sent.at(-1)?.answer(answer);
  const kinds = (): string[] => sent.map(({ report }) => report.body.kind);
  return { time, reporter, sent, stops, taken, answerLast, kinds };
}

/** Everything that is ready to happen has happened. */
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

describe('reports', () => {
  it('go one at a time, numbered without gaps', async () => {
    const { reporter, sent, answerLast, kinds } = start();
    reporter.stepStarted('dumping');
    reporter.stepFinished(OUTCOME, 10.4);
    reporter.stepStarted('backing_up');
    expect(kinds()).toEqual(['progress']);
    await answerLast();
    expect(kinds()).toEqual(['progress', 'step_finished']);
    await answerLast();
    expect(sent.map(({ report }) => report.sequence)).toEqual([1, 2]);
    expect(sent[1]?.report.body).toEqual({ kind: 'step_finished', outcome: OUTCOME, durationMs: 10 });
  });

  it('of progress only the newest, once in a while', async () => {
    const { time, reporter, sent, answerLast } = start();
    reporter.stepStarted('dumping');
    await answerLast();
    for (const bytesDone of [1, 2, 3]) reporter.progressed({ bytesDone, bytesTotal: 4 });
    expect(sent).toHaveLength(1);
    await time.pass(PROGRESS_EVERY_MS - 1);
    expect(sent).toHaveLength(1);
    await time.pass(1);
    expect(sent.map(({ report }) => ('percent' in report.body ? report.body.percent : undefined))).toEqual([0, 75]);
    await answerLast();
    await time.pass(PROGRESS_EVERY_MS);
    expect(sent).toHaveLength(2); // nothing new
  });

  it('of progress nothing after the end of its step', async () => {
    const { time, reporter, answerLast, kinds } = start();
    reporter.stepStarted('dumping');
    reporter.progressed({ bytesDone: 1, bytesTotal: 4 });
    reporter.stepFinished(OUTCOME, 1);
    reporter.progressed({ bytesDone: 2, bytesTotal: 4 });
    await answerLast();
    await answerLast();
    await time.pass(10 * PROGRESS_EVERY_MS);
    expect(kinds()).toEqual(['progress', 'step_finished']);
  });

  it('are delivered before whoever waits for it goes on', async () => {
    const { reporter, answerLast } = start();
    const seen: string[] = [];
    reporter.stepFinished(OUTCOME, 1);
    reporter.stepFinished(OUTCOME, 2);
    const waiting = reporter.delivered().then(() => seen.push('delivered'));
    await answerLast();
    expect(seen).toEqual([]);
    await answerLast();
    await waiting;
    expect(seen).toEqual(['delivered']);
  });

  it('end the run when the function says so, or does not hear this server any more', async () => {
    for (const answer of [
      ok({ v: 1, sequence: 1, stop: true } as const),
      err({ kind: 'refused', problem: '409' } as const),
    ]) {
      const { reporter, stops, answerLast, kinds } = start();
      reporter.stepFinished(OUTCOME, 1);
      reporter.stepFinished(OUTCOME, 2);
      await answerLast(answer);
      expect(stops).toHaveLength(1);
      await reporter.close({ kind: 'failed', step: 'dumping', reason: 'stopped', detail: '' }, 1_000);
      expect(kinds()).toEqual(['step_finished']);
    }
  });

  it('close with the last words, behind everything that waits', async () => {
    const { reporter, sent, answerLast, kinds, stops, taken } = start();
    reporter.stepFinished(OUTCOME, 1);
    const closed = reporter.close({ kind: 'finished', overheadMs: 12.7 }, 1_000);
    await answerLast();
    expect(kinds()).toEqual(['step_finished', 'finished']);
    expect(sent[1]?.report).toMatchObject({ sequence: 2, body: { kind: 'finished', overheadMs: 13 } });
    await answerLast(taken(true));
    await closed;
    expect(stops).toEqual([]);
  });

  it('close in time, though nobody answers', async () => {
    const { time, reporter, kinds } = start();
    reporter.stepStarted('dumping');
    const closed = reporter.close({ kind: 'failed', step: 'dumping', reason: 'stopped', detail: 'x' }, 4_000);
    await time.pass(4_000);
    await closed;
    expect(kinds()).toEqual(['progress']);
  });

  it('say in at most 500 characters why a run failed', async () => {
    const { reporter, sent, answerLast } = start();
    const closed = reporter.close(
      { kind: 'failed', step: 'booting', reason: 'disk_full', detail: 'x'.repeat(600) },
      1_000,
    );
    await settled();
    await answerLast();
    await closed;
    expect(sent[0]?.report.body).toEqual({
      kind: 'failed',
      step: 'booting',
      reason: 'disk_full',
      detail: 'x'.repeat(500),
    });
  });
});
