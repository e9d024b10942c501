import * as z from 'zod';

/** What Ansible's JSON output says of each task. Pure. */
const Host = z.looseObject({
  changed: z.boolean().optional(),
  failed: z.boolean().optional(),
  skipped: z.boolean().optional(),
  msg: z.unknown().optional(),
});
const Output = z.object({
  plays: z.array(
    z.object({
      tasks: z.array(z.object({ task: z.object({ name: z.string() }), hosts: z.record(z.string(), Host) })),
    }),
  ),
});

export interface TaskRun {
  readonly role: string;
  readonly task: string;
  readonly outcome: 'ok' | 'changed' | 'skipped' | 'failed';
  readonly message: string;
}

/** A document for each playbook, and warnings in front. Tasks outside of roles have the role `playbook`. */
export function readTasks(stdout: string): TaskRun[] {
  const documents = stdout.split(/^(?=\{$)/mu).filter(part => part.startsWith('{'));
  return documents
    .flatMap(text => Output.parse(JSON.parse(text)).plays)
    .flatMap(({ tasks }) => tasks)
    .flatMap(({ task, hosts }) =>
      Object.values(hosts).map(host => {
        const [role, ...name] = task.name.includes(' : ') ? task.name.split(' : ') : ['playbook', task.name];
        return {
          role: role ?? '',
          task: name.join(' : '),
          outcome: outcomeOf(host),
          message: JSON.stringify(host.msg ?? ''),
        };
      }),
    );
}

function outcomeOf({ failed, skipped, changed }: z.infer<typeof Host>): TaskRun['outcome'] {
  if (failed === true) return 'failed';
  if (skipped === true) return 'skipped';
  return changed === true ? 'changed' : 'ok';
}
