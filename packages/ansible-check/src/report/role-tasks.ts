import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

/** A task as it stands in a role, with the tags it has by itself and by what it stands in. */
export interface RoleTask {
  readonly role: string;
  readonly task: string;
  readonly tags: readonly string[];
}

const Step = z.looseObject({
  name: z.string(),
  tags: z.union([z.string(), z.array(z.string())]).default([]),
  'ansible.builtin.import_tasks': z.string().optional(),
  'ansible.builtin.include_tasks': z.string().optional(),
  'ansible.builtin.include_role': z.unknown().optional(),
  block: z.array(z.unknown()).optional(),
});

/** All tasks of a role in their order, imported files and blocks followed. `folder`: absolute. I/O: reads files. */
export async function roleTasks(
  role: string,
  folder: string,
  file = 'main.yml',
  outer: readonly string[] = [],
): Promise<RoleTask[]> {
  const steps = z.array(z.unknown()).parse(parse(await readFile(join(folder, 'tasks', file), 'utf8')));
  return walk(steps, outer);

  async function walk(list: readonly unknown[], above: readonly string[]): Promise<RoleTask[]> {
    const found = await Promise.all(
      list.map(async item => {
        const step = Step.parse(item);
        const { name, tags: own, block, 'ansible.builtin.import_tasks': imported } = step;
        const included = step['ansible.builtin.include_tasks'];
        // No task by itself: those of the other role are counted there.
        if (step['ansible.builtin.include_role'] !== undefined) return [];
        const tags = [...above, ...(typeof own === 'string' ? [own] : own)];
        if (imported !== undefined) return roleTasks(role, folder, imported, tags);
        // Tags of an include are its own: what it includes does not get them.
        if (included !== undefined) return roleTasks(role, folder, included, above);
        return block === undefined ? [{ role, task: name, tags }] : walk(block, tags);
      }),
    );
    return found.flat();
  }
}
