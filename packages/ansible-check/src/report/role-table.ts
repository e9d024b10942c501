import type { RoleTask } from './role-tasks.ts';
import type { TaskRun } from './task-runs.ts';

/** Which tasks of each role ran on an invented server, and why the others did not. Pure. */
export interface RoleRow {
  readonly role: string;
  readonly tasks: number;
  readonly ran: number;
  /** Names of tasks by the reason. */
  readonly leftOut: ReadonlyMap<string, readonly string[]>;
  /** Neither ran nor has a reason. */
  readonly unexplained: readonly string[];
}

export function roleRow(
  role: string,
  tasks: readonly RoleTask[],
  runs: readonly TaskRun[],
  reasons: Readonly<Record<string, string>>,
): RoleRow {
  const leftOut = new Map<string, string[]>();
  const unexplained: string[] = [];
  let ran = 0;
  for (const { task, tags } of tasks) {
    const outcomes = runs.filter(run => run.role === role && run.task === task).map(({ outcome }) => outcome);
    const tag = tags.find(name => Object.hasOwn(reasons, name));
    const reason = tag !== undefined ? reasons[tag] : outcomes.includes('skipped') ? 'not for this server' : undefined;
    if (outcomes.some(outcome => outcome === 'ok' || outcome === 'changed')) ran += 1;
    else if (reason !== undefined) leftOut.set(reason, [...(leftOut.get(reason) ?? []), task]);
    else unexplained.push(task);
  }
  return { role, tasks: tasks.length, ran, leftOut, unexplained };
}

/** As Markdown: a task that is not named as left out ran. */
export function roleTable(rows: readonly RoleRow[]): string {
  const reasons = (row: RoleRow): string =>
    [...row.leftOut].map(([reason, tasks]) => `${reason}: ${tasks.join('; ')}`).join('<br>') || 'nothing';
  return [
    '| role | tasks | ran | left out, and why |',
    '| --- | --- | --- | --- |',
    ...rows.map(row => `| \`${row.role}\` | ${row.tasks} | ${row.ran} | ${reasons(row)} |`),
  ].join('\n');
}
