import type { Secret } from '@innkeeper/shared/config/secret';
import type { BackupSource, TakenSnapshot } from '@innkeeper/shared/contracts/backup/steps';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type * as z from 'zod';
import type { ProgramCall, ProgramEnd, ProgramRunner } from '../run/program-runner.ts';
import type { StepFailure, StepProgress, StepResult } from '../run/step.ts';
import * as argv from './arguments.ts';
import { failureOf } from './exit-outcome.ts';
import { withIncludeFile } from './include-file.ts';
import { parseJson, parseLine } from './json-lines.ts';
import { pruneReport, refusedSnapshot } from './prune-report.ts';
import * as replies from './replies.ts';
import type { Restic } from './restic.ts';
import { listenToRestic } from './spoken.ts';

/**
 * restic as a program: one call each, nothing kept between them. Address, token and password go by environment, never
 * by argument. Every call ends in a value; it throws only where a caller's callback does.
 */
export interface ResticAccess {
  /** Path or name on the PATH. */
  readonly binary: string;
  /** As in `RESTIC_REPOSITORY`: `rest:https://…` without credentials, or a folder. */
  readonly repository: string;
  /** Basic authentication of a `rest:` repository. */
  readonly credential?: { readonly user: string; readonly token: Secret };
  readonly password: Secret;
  /** IANA zone in which restic counts days. */
  readonly zone: string;
  readonly programs: ProgramRunner;
  /** Without it nothing is cached. */
  readonly cacheDirectory?: string;
  /** The credential may only read: no locks. */
  readonly readOnly?: boolean;
  /** Ends whatever runs; restic gives its lock back. */
  readonly signal?: AbortSignal;
  /** For other kinds of repository: `AWS_ACCESS_KEY_ID` … */
  readonly environment?: Readonly<Record<string, string>>;
}

type Call = Omit<ProgramCall, 'program' | 'args' | 'signal'> & {
  readonly args: readonly string[];
  /** `forget` ends with 3 when some were refused: its caller tells which. */
  readonly accepts?: (code: number | undefined) => boolean;
};

/** How restic is told where and who it is. */
export function resticEnvironment(access: ResticAccess): Readonly<Record<string, string>> {
  return {
    RESTIC_REPOSITORY: access.repository,
    RESTIC_PASSWORD: access.password.reveal(),
    ...(access.credential === undefined
      ? {}
      : { RESTIC_REST_USERNAME: access.credential.user, RESTIC_REST_PASSWORD: access.credential.token.reveal() }),
    TZ: access.zone,
    RESTIC_PROGRESS_FPS: '1', // a line a second; more would only be thrown away
    ...access.environment,
  };
}

export function cliRestic(access: ResticAccess): Restic {
  const environment = resticEnvironment(access);

  const call = async ({ args, accepts, ...rest }: Call): StepResult<ProgramEnd> => {
    const spoken = listenToRestic();
    const end = await access.programs.run({
      ...rest,
      onErrorLine(line) {
        spoken.hear(line);
        rest.onErrorLine?.(line);
      },
      program: access.binary,
      args: [...argv.globalArguments(access.cacheDirectory, access.readOnly === true), ...args],
      environment: { ...rest.environment, ...environment },
      ...(access.signal === undefined ? {} : { signal: access.signal }),
    });
    if (accepts?.(end.code) === true) return ok(end);
    const failure = failureOf({
      ...end,
      command: args[0] ?? '',
      said: spoken.words(),
      lastWords: spoken.lastWords(),
      errors: spoken.errors(),
      cancelled: access.signal?.aborted === true,
    });
    return failure === undefined ? ok(end) : err(failure);
  };

  /** A command that answers with one JSON document. */
  const ask = async <T>(schema: z.ZodType<T>, args: readonly string[]): StepResult<T> => {
    const ended = await call({ args });
    return ended.ok ? understood(schema, parseJson(ended.value.stdout), args[0]) : ended;
  };

  /** A command that tells its progress in lines and ends with a summary. */
  const follow = async <T>(
    schema: z.ZodType<T>,
    order: Call,
    progress: ((progress: StepProgress) => void) | undefined,
  ): StepResult<T> => {
    let summary: unknown;
    const ended = await call({
      ...order,
      onLine(text) {
        const line = parseLine(text);
        if (line.kind === 'status') progress?.({ bytesDone: line.bytesDone, bytesTotal: line.bytesTotal });
        if (line.kind === 'summary') summary = line.summary;
      },
    });
    return ended.ok ? understood(schema, summary, order.args[0]) : ended;
  };

  const backUp = async (
    source: BackupSource,
    order: Call,
    progress?: (progress: StepProgress) => void,
  ): StepResult<TakenSnapshot> => {
    const startedAt = performance.now();
    const summary = await follow(replies.BackupSummary, order, progress);
    if (!summary.ok) return summary;
    return ok({
      source,
      snapshotId: summary.value.snapshot_id,
      totalBytes: summary.value.total_bytes_processed,
      totalFiles: summary.value.total_files_processed,
      addedBytes: summary.value.data_added_packed,
      durationMs: Math.round(performance.now() - startedAt),
    });
  };

  return {
    async version() {
      const reply = await ask(replies.VersionReply, argv.versionArguments());
      return reply.ok ? ok(reply.value.version) : reply;
    },
    open: async () => done(await call({ args: argv.openArguments() })),
    unlock: async () => done(await call({ args: argv.unlockArguments() })),
    backupCommand: ({ source, runId, fileName, command, environment: own, progress }) =>
      backUp(
        source,
        {
          args: argv.backupCommandArguments(runId, source, fileName, command),
          ...(own === undefined ? {} : { environment: own }),
        },
        progress,
      ),
    backupBytes: ({ source, runId, fileName, bytes }) =>
      backUp(source, { args: argv.backupBytesArguments(runId, source, fileName), input: bytes }),
    backupFolder: ({ source, runId, paths, progress }) =>
      backUp(source, { args: argv.backupFolderArguments(runId, source, paths) }, progress),
    snapshots: (filter = {}) => ask(replies.SnapshotsReply, argv.snapshotsArguments(filter.runId)),
    forgetPreview: (policy, { runIds = [] } = {}) =>
      ask(replies.ForgetReply, argv.forgetPreviewArguments(policy, runIds)),
    async forget(snapshotIds) {
      if (snapshotIds.length === 0) return ok({ removed: [] }); // Without an id restic would apply a policy.
      const refused = new Set<string>();
      const ended = await call({
        args: argv.forgetArguments(snapshotIds),
        accepts: code => code === 3 && refused.size > 0,
        onErrorLine(line) {
          const id = refusedSnapshot(line);
          if (id !== undefined) refused.add(id);
        },
      });
      return ended.ok ? ok({ removed: snapshotIds.filter(id => !refused.has(id)) }) : ended;
    },
    async prune() {
      const lines: string[] = [];
      const note = (line: string) => void lines.push(line);
      const ended = await call({ args: argv.pruneArguments(), onLine: note, onErrorLine: note });
      if (!ended.ok) return ended;
      const report = pruneReport(lines);
      return report === undefined ? unreadable('prune') : ok(report);
    },
    async check(subset) {
      const summary = await follow(replies.CheckSummary, { args: argv.checkArguments(subset) }, undefined);
      if (!summary.ok) return summary;
      return summary.value.num_errors === 0
        ? ok(undefined)
        : err({ reason: 'repository_damaged', detail: `restic check found ${summary.value.num_errors} errors.` });
    },
    async list(snapshotId, onNode) {
      let broken = 0;
      const ended = await call({
        args: argv.listArguments(snapshotId),
        onLine(text) {
          const line = parseLine(text);
          const node = line.kind === 'node' ? replies.NodeReply.safeParse(line.node) : undefined;
          if (node?.success === true) onNode(node.data);
          if (line.kind === 'broken' || node?.success === false) broken += 1;
        },
      });
      if (!ended.ok) return ended;
      return broken === 0 ? ok(undefined) : unreadable('ls');
    },
    restore: ({ snapshotId, target, include, verify = false, progress }) =>
      withIncludeFile(include, file =>
        follow(replies.RestoreSummary, { args: argv.restoreArguments(snapshotId, target, file, verify) }, progress),
      ),
    async dump(snapshotId, path, into) {
      return done(await call({ args: argv.dumpArguments(snapshotId, path), onStdout: into }));
    },
  };
}

const done = (ended: Result<unknown, StepFailure>): Result<void, StepFailure> => (ended.ok ? ok(undefined) : ended);

function understood<T>(schema: z.ZodType<T>, value: unknown, command: string | undefined): Result<T, StepFailure> {
  const parsed = schema.safeParse(value);
  return parsed.success ? ok(parsed.data) : unreadable(command ?? '');
}

const unreadable = (command: string): Result<never, StepFailure> =>
  err({ reason: 'restic_failed', detail: `restic ${command} ended well, but its answer cannot be read.` });
