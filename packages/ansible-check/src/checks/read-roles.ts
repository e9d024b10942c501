import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { ArgumentSpecs, type Role } from '../argument-specs/compare-role.ts';
import { ANSIBLE } from '../folders.ts';
import { listFiles } from '../list-files.ts';

const Defaults = z.record(z.string(), z.unknown()).nullable();

/** Every role with its declared arguments and defaults, by its folder below `roles`. I/O: reads files. */
export async function readRoles(): Promise<(Role & { readonly folder: string })[]> {
  const tasks = (await listFiles(join(ANSIBLE, 'roles'))).filter(file => file.endsWith('/tasks/main.yml'));
  const folders = tasks.map(file => file.replace(/\/tasks\/main\.yml$/u, '')).toSorted();
  return Promise.all(
    folders.map(async folder => {
      const read = async (file: string): Promise<unknown> => {
        const path = join(ANSIBLE, 'roles', folder, file);
        return existsSync(path) ? parse(await readFile(path, 'utf8')) : null;
      };
      return {
        folder,
        name: basename(folder),
        specs: ArgumentSpecs.parse((await read('meta/argument_specs.yml')) ?? { argument_specs: {} }),
        defaults: Defaults.parse(await read('defaults/main.yml')) ?? {},
      };
    }),
  );
}
