import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Pins } from './versions.ts';

/** Reads what `findVersionDrift` judges. */
const Names = z.record(z.string(), z.string()).default({});
const PackageJson = z.object({
  dependencies: Names,
  devDependencies: Names,
  optionalDependencies: Names,
  peerDependencies: Names,
});
const Workspace = z.object({ packages: z.array(z.string()), catalog: z.record(z.string(), z.string()) });
const Lockfile = z.object({ packages: z.record(z.string(), z.unknown()) });

export function readPins(root: string): Pins {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const workspace = Workspace.parse(parse(read('pnpm-workspace.yaml')));
  const lockfile = Lockfile.parse(parse(lastDocument(read('pnpm-lock.yaml'))));
  const paths = [
    'package.json',
    ...globSync(
      workspace.packages.map(folder => `${folder}/package.json`),
      { cwd: root },
    ),
  ];
  return {
    catalog: workspace.catalog,
    locked: Object.keys(lockfile.packages),
    manifests: paths.map(path => {
      const manifest = PackageJson.parse(JSON.parse(read(path)));
      return {
        path,
        dependencies: {
          ...manifest.peerDependencies,
          ...manifest.optionalDependencies,
          ...manifest.devDependencies,
          ...manifest.dependencies,
        },
      };
    }),
  };
}

/** pnpm may put a document about itself before the one about the workspace. */
const lastDocument = (text: string): string => text.split(/^---$/mu).at(-1) ?? '';
