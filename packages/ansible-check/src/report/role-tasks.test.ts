import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roleTasks } from './role-tasks.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'innkeeper-role-'));
  await mkdir(join(folder, 'tasks'));
  await writeFile(
    join(folder, 'tasks/main.yml'),
    `- name: First
  ansible.builtin.import_tasks: other.yml
  tags: [engine]
- name: Together
  tags: render
  block:
    - name: Write
      ansible.builtin.copy: {}
      tags: [late]
- name: Deploy
  ansible.builtin.include_role: { name: stack }
- name: Each
  ansible.builtin.include_tasks: each.yml
  tags: [late]
`,
  );
  await writeFile(join(folder, 'tasks/each.yml'), '- name: Wait\n  ansible.builtin.command: true\n  tags: [engine]\n');
  await writeFile(join(folder, 'tasks/other.yml'), '- name: Start\n  ansible.builtin.command: true\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('files and blocks are followed with the tags they hand on; what another role does is not counted', async () => {
  expect(await roleTasks('web', folder)).toEqual([
    { role: 'web', task: 'Start', tags: ['engine'] },
    { role: 'web', task: 'Write', tags: ['render', 'late'] },
    { role: 'web', task: 'Wait', tags: ['engine'] },
  ]);
});
