import { expect, test } from 'vitest';
import { roleRow, roleTable } from './role-table.ts';
import { readTasks } from './task-runs.ts';

const REASONS = { engine: "needs Docker's engine" };
const output = `[WARNING]: something\n${JSON.stringify(
  {
    plays: [
      {
        tasks: [
          { task: { name: 'common : Write' }, hosts: { one: { changed: true } } },
          { task: { name: 'common : Choose' }, hosts: { one: { skipped: true } } },
          { task: { name: 'Gathering Facts' }, hosts: { one: {} } },
          { task: { name: 'common : Break' }, hosts: { one: { failed: true, msg: 'no room' } } },
        ],
      },
    ],
  },
  undefined,
  2,
)}`;

test("Ansible's output is read with whatever stands in front of it", () => {
  expect(readTasks(output).map(({ role, task, outcome }) => `${role}/${task}: ${outcome}`)).toEqual([
    'common/Write: changed',
    'common/Choose: skipped',
    'playbook/Gathering Facts: ok',
    'common/Break: failed',
  ]);
  expect(readTasks(`${output}\n${output.slice(output.indexOf('{'))}`)).toHaveLength(8);
  expect(readTasks('ERROR! nothing')).toEqual([]);
});

test('every task has run or has a reason, or is named', () => {
  const tasks = ['Write', 'Choose', 'Deploy', 'Forgotten'].map(task => ({
    role: 'common',
    task,
    tags: task === 'Deploy' ? ['engine'] : [],
  }));
  const row = roleRow('common', tasks, readTasks(output), REASONS);
  expect(row.unexplained).toEqual(['Forgotten']);
  expect(roleTable([row]).split('\n').at(-1)).toBe(
    "| `common` | 4 | 1 | not for this server: Choose<br>needs Docker's engine: Deploy |",
  );
});
