import type { Log } from '@innkeeper/shared/log/log';
import type { RunnerConfig } from '../config.ts';
import type { ExchangeClient } from '../exchange/exchange-client.ts';
import type { SendReport } from '../report/send-report.ts';
import type { ProgramRunner } from './program-runner.ts';
import type { RunEnding } from './run-ending.ts';
import type { RunContext } from './step.ts';
import type { RunSteps } from './steps.ts';
import type { Time } from './time.ts';

/** What a run needs of the world. */
export interface RunPorts {
  readonly config: RunnerConfig;
  /** Of the environment. */
  readonly path: string;
  readonly ownProgram: RunContext['ownProgram'];
  readonly exchange: ExchangeClient;
  readonly sendReportTo: (url: string) => SendReport;
  readonly steps: RunSteps;
  readonly programs: ProgramRunner;
  readonly ending: RunEnding;
  readonly time: Time;
  readonly log: Log;
}
