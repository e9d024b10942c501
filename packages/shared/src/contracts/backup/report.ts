import * as z from 'zod';
import { RunnerFailure } from './failure.ts';
import { RunId } from './run-id.ts';
import { BackupStep, StepOutcome } from './steps.ts';

/**
 * What the server says to `report`, signed by the key it brought to `exchange` (`backup/sign-request.ts`). One report
 * is on its way at a time and is sent again until it is answered, with the same sequence number: the next number is
 * accepted, an old one is answered as a repetition, a gap is refused.
 */
export const BackupReport = z.object({
  v: z.literal(1),
  runId: RunId,
  /** From 1. */
  sequence: z.int().positive(),
  /** The server's clock; nothing is decided by it. */
  at: z.iso.datetime(),
  body: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('progress'),
      step: BackupStep,
      /** 0 to 100, never less than before within a step. */
      percent: z.number().min(0).max(100),
      bytesDone: z.int().nonnegative(),
      bytesPerSecond: z.number().nonnegative(),
      secondsLeft: z.int().nonnegative().optional(),
    }),
    z.object({ kind: z.literal('step_finished'), outcome: StepOutcome, durationMs: z.int().nonnegative() }),
    z.object({
      kind: z.literal('finished'),
      /** Beside the work of restic and the dumps. */
      overheadMs: z.int().nonnegative(),
    }),
    z.object({
      kind: z.literal('failed'),
      step: z.union([z.literal('booting'), BackupStep]),
      reason: RunnerFailure,
      /** One sentence without contents or secrets. */
      detail: z.string().max(500),
    }),
  ]),
});
export type BackupReport = z.infer<typeof BackupReport>;

/** A report is figures; anything larger is not ours. */
export const REPORT_BYTES_MAX = 64 * 1024;

/** 200. `stop`: the run is over for the function (its deadline passed); clean up and power off. */
export const ReportReply = z.object({ v: z.literal(1), sequence: z.int().nonnegative(), stop: z.boolean() });
export type ReportReply = z.infer<typeof ReportReply>;
