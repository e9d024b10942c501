import { expect } from 'vitest';
import { exchange } from '../exchange/exchange.ts';
import { report } from '../report/report.ts';
import { sweep } from '../sweep/sweep.ts';
import type { BackupRig } from './backup-rig.ts';
import { goodReports } from './scripted-runner.ts';

const SWEEP_EVERY_MS = 5 * 60_000;

/** Sweeps every five minutes for so long, as the scheduler does. */
export async function sweepFor(rig: BackupRig, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += SWEEP_EVERY_MS) {
    rig.pass(SWEEP_EVERY_MS);
    expect(await sweep(rig)).toEqual({ undone: [] });
  }
}

/** The newest server does its night's work without trouble. */
export async function workWell(rig: BackupRig, runId: string): Promise<void> {
  const runner = await rig.newestRunner();
  await exchange(rig, { ...runner.begin(), caller: rig.newestAddress() });
  const { types, day } = await rig.runOf(runId);
  for (const body of goodReports(types, day)) await report(rig, await runner.report(body));
  expect((await rig.runOf(runId)).state).toBe('done');
}
