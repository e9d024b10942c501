import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { blocksOf, type Module, type SourceFile, sourceOf } from './module.ts';
import type { ParseHcl } from './parse-hcl.ts';
import { parseValuesJson } from './parse-values-json.ts';

const FILES = '**/*.{tf,tfvars,tfvars.json,tftest.hcl}';
const VALUES = /\.tfvars(?:\.json)?$/u;

/** Every module below a folder, by its own folder relative to that one. */
export type Modules = ReadonlyMap<string, Module>;

/** The errors say which files cannot be read, with their lines. */
export function readModules(root: string, parse: ParseHcl): Result<Modules, readonly string[]> {
  const paths = globSync(FILES, { cwd: root, exclude: name => name === '.terraform' }).sort();
  const parsed = paths.map(path => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, read: path.endsWith('.json') ? parseValuesJson(text, path) : parse(text, path) };
  });
  const errors = parsed.flatMap(({ read }) => (read.ok ? [] : [read.error]));
  if (errors.length > 0) return err(errors);
  const files = parsed.flatMap(({ path, read }) => (read.ok ? [{ path, body: read.value }] : []));
  const folders = new Set(files.filter(({ path }) => path.endsWith('.tf')).map(({ path }) => dirname(path)));
  return ok(new Map([...folders].map(folder => [folder, moduleOf(folder, files)])));
}

function moduleOf(folder: string, files: readonly SourceFile[]): Module {
  const own = files.filter(({ path }) => dirname(path) === folder);
  return {
    folder,
    files: own.filter(({ path }) => path.endsWith('.tf')),
    values: own.filter(({ path }) => VALUES.test(path)),
    tests: files.filter(
      ({ path }) => path.endsWith('.tftest.hcl') && [folder, join(folder, 'tests')].includes(dirname(path)),
    ),
  };
}

/** The module that a call names, as seen from the module it stands in. */
export function calledModule(modules: Modules, from: Module, callName: string): Module | undefined {
  const call = blocksOf(from, 'module').find(({ found }) => found.labels[0] === callName)?.found;
  const source = call === undefined ? undefined : sourceOf(call);
  return source === undefined ? undefined : modules.get(normalize(join(from.folder, source)));
}
