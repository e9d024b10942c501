import { ConfigError, parseConfig } from '@innkeeper/shared/config/parse-config';
import { createLog } from '@innkeeper/shared/log/log';
import { RunnerConfig } from './config.ts';
import { exchangeClient } from './exchange/exchange-client.ts';
import { newRunKey } from './exchange/run-key.ts';
import { powerOff } from './power/power-off.ts';
import { proveRestore } from './proof-of-restore/prove-restore.ts';
import { sendReportTo } from './report/send-report.ts';
import { retain } from './retention/retain.ts';
import { checkRepository } from './run/check-repository.ts';
import { childPrograms } from './run/child-programs.ts';
import { readInstructions } from './run/read-instructions.ts';
import { runBackup } from './run/run-backup.ts';
import { createRunEnding, describeBug } from './run/run-ending.ts';
import { systemTime } from './run/time.ts';
import { runnerVersion } from './runner-version.ts';
import { backUpFiles } from './sources/back-up-files.ts';
import { dumpDatabases } from './sources/dump-databases.ts';

/** Composition root: one run per process, and the server goes off at its end, however it ends. */
const STOP_MS_MAX = 9_500; // a unit that stops has ten seconds

/** `ownFile`: the file this program was started with. */
export async function runAndPowerOff(instructionsPath: string, ownFile: string): Promise<never> {
  const log = createLog('backup-runner');
  const programs = childPrograms(process.env);
  const ending = createRunEnding();
  const end = async (isGood: boolean): Promise<never> => {
    const isOff = await powerOff(programs, log);
    process.exit(isGood && isOff ? 0 : 1);
  };
  ending.signal.addEventListener('abort', () => void setTimeout(() => void end(false), STOP_MS_MAX));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => ending.end({ reason: 'stopped', detail: 'The server was told to shut down.' }));
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      const bug = describeBug(error);
      log.error('runner.crashed', { detail: bug.detail });
      ending.end(bug);
    });
  }
  try {
    return await end(await night());
  } catch (error) {
    const detail = error instanceof ConfigError ? error.message : describeBug(error).detail;
    log.error('runner.crashed', { detail });
    return await end(false);
  }

  async function night(): Promise<boolean> {
    const config = parseConfig('backup-runner', RunnerConfig, process.env);
    const instructions = await readInstructions(instructionsPath);
    if (!instructions.ok) {
      log.error('instructions.refused', { problem: instructions.error.problem });
      return false;
    }
    log.info('run.started', { runId: instructions.value.runId, version: runnerVersion });
    const key = await newRunKey();
    const line = { fetch: (url: string, init: RequestInit) => fetch(url, init), time: systemTime, random: Math.random };
    const outcome = await runBackup({
      config,
      path: process.env['PATH'] ?? '',
      ownProgram: [process.execPath, ownFile],
      exchange: exchangeClient({ line, instructions: instructions.value, key, runnerVersion }),
      sendReportTo: url => sendReportTo(line, url, key),
      steps: { dumpDatabases, backUpFiles, retain, checkRepository, proveRestore },
      programs,
      ending,
      time: systemTime,
      log,
    });
    if (outcome.kind === 'finished') log.info('run.finished', { overheadMs: Math.round(outcome.overheadMs) });
    else log.error('run.failed', { step: outcome.step, reason: outcome.reason, detail: outcome.detail });
    return outcome.kind === 'finished';
  }
}
