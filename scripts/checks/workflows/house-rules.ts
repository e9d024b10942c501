import { parse } from 'yaml';
import * as z from 'zod';

/** Rules of this repository's own, beside what linters know. */
const Step = z.looseObject({ run: z.string().optional() });
const Concurrency = z.union([z.string(), z.looseObject({ queue: z.unknown().optional() })]).optional();
const Job = z.looseObject({
  'timeout-minutes': z.union([z.number(), z.string()]).optional(),
  permissions: z.unknown().optional(),
  concurrency: Concurrency,
  steps: z.array(Step).default([]),
});
const Workflow = z.looseObject({ concurrency: Concurrency, jobs: z.record(z.string(), Job) });
const Action = z.looseObject({ runs: z.looseObject({ steps: z.array(Step).default([]) }) });

/** What a workflow may call. */
export interface Callable {
  /** Words behind `./dev`. */
  readonly commands: ReadonlySet<string>;
  readonly isExecutable: (path: string) => boolean;
}

/** Pure: problems of one workflow or action, each beginning with its path. */
export function houseRules(path: string, text: string, callable: Callable): string[] {
  const parsed = parse(text) as unknown;
  const told = path.startsWith('.github/workflows/') ? ofWorkflow(parsed, callable) : ofAction(parsed, callable);
  return told.map(problem => `${path}: ${problem}`);
}

function ofWorkflow(parsed: unknown, callable: Callable): string[] {
  const workflow = Workflow.safeParse(parsed);
  if (!workflow.success) return ['is no workflow'];
  const { concurrency, jobs } = workflow.data;
  return [
    ...queueProblems(concurrency),
    ...Object.entries(jobs).flatMap(([name, job]) =>
      [
        ...(job['timeout-minutes'] === undefined ? ['has no timeout-minutes'] : []),
        ...(job.permissions === undefined ? ['does not say its permissions'] : []),
        ...queueProblems(job.concurrency),
        ...job.steps.flatMap(step => runProblems(step.run, callable)),
      ].map(problem => `job ${name} ${problem}`),
    ),
  ];
}

function ofAction(parsed: unknown, callable: Callable): string[] {
  const action = Action.safeParse(parsed);
  if (!action.success) return ['is no action'];
  return action.data.runs.steps.flatMap(step => runProblems(step.run, callable));
}

function queueProblems(concurrency: z.infer<typeof Concurrency>): string[] {
  if (typeof concurrency !== 'object' || concurrency.queue === undefined) return [];
  return concurrency.queue === 'single' || concurrency.queue === 'max'
    ? []
    : [`has the queue ${JSON.stringify(concurrency.queue)}; there are "single" and "max"`];
}

function runProblems(run: string | undefined, { commands, isExecutable }: Callable): string[] {
  if (run === undefined) return [];
  const scripts = [...run.matchAll(/(?:^|[\s("])(?<path>(?:scripts|\.ci)\/[\w./-]+)/gu)].map(
    ({ groups }) => groups?.['path'] ?? '',
  );
  return [
    ...(run.trim().includes('\n') ? ['has more than one line of shell: it belongs into scripts/workflows'] : []),
    ...unknownCommands(run, commands).map(word => `calls ./dev ${word}, which does not exist`),
    ...scripts.filter(script => !isExecutable(script)).map(script => `calls ${script}, which cannot be run`),
  ];
}

/** Words behind `./dev` in a text of shell that are no commands. Pure. */
export function unknownCommands(shell: string, commands: ReadonlySet<string>): string[] {
  const called = [...shell.matchAll(/(?:^|[\s;&|(])\.\/dev (?<word>[a-z][\w-]*)/gu)].map(
    ({ groups }) => groups?.['word'] ?? '',
  );
  return called.filter(word => !commands.has(word));
}
