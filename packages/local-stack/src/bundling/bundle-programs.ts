import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { REQUIRE } from '@innkeeper/shared/bundling/commonjs-in-module';
import type { Plugin } from 'esbuild';
import { compile } from './compile.ts';
import { type KeptBundle, keptBundle } from './kept-bundle.ts';

/**
 * TypeScript programs as plain modules that Node can run: a process that strips types itself holds a compiler of some
 * twenty megabytes for as long as it lives. Stack traces still name the sources if Node is told to read source maps.
 */
export interface BundleProgramsOptions<Name extends string> {
  /** Absolute path of each program's entry. */
  readonly entries: Readonly<Record<Name, string>>;
  readonly cacheDirectory: string;
}

/** Absolute path of each program's bundle. Rejects with esbuild's words when a program cannot be made. */
export async function bundlePrograms<Name extends string>(
  options: BundleProgramsOptions<Name>,
): Promise<Record<Name, string>> {
  const { entries, cacheDirectory } = options;
  const bundle: Bundle = entry =>
    keptBundle({ entry, cacheDirectory, recipe: RECIPE, make: () => make(entry, bundle) });
  const names = Object.keys(entries) as Name[];
  const files = await Promise.all(names.map(async name => [name, (await bundle(entries[name])).file]));
  return Object.fromEntries(files) as Record<Name, string>;
}

const RECIPE = [
  import.meta.filename,
  fileURLToPath(import.meta.resolve('@innkeeper/shared/bundling/commonjs-in-module')),
];

type Bundle = (entry: string) => Promise<KeptBundle>;

async function make(entry: string, bundle: Bundle): Promise<{ code: string; sources: string[] }> {
  const directory = path.dirname(entry);
  const beside: string[] = [];
  const { code, sources } = await compile(entry, {
    platform: 'node',
    target: 'node24',
    conditions: [],
    keepNames: true,
    outdir: directory, // Nothing is written there: the source map's paths start from it.
    sourceRoot: `${pathToFileURL(directory).href}/`,
    sourcemap: 'inline',
    sourcesContent: false,
    banner: { js: REQUIRE },
    plugins: [leaveWhereTheyAre, keepPlaces(bundle, beside)],
  });
  return { code, sources: [...sources, ...beside] };
}

/** Packages that find files, programs or modules beside themselves: imported from where they are installed. */
const PACKAGES_IN_PLACE = /^(?:@google-cloud\/|@energetic-ai\/|miniflare$|esbuild$|jsonc-parser$)/;

const leaveWhereTheyAre: Plugin = {
  name: 'leave-where-they-are',
  setup(build) {
    build.onResolve({ filter: PACKAGES_IN_PLACE }, async ({ path: name, pluginData, ...from }) => {
      if (pluginData === RESOLVED_BY_US) return undefined;
      const { kind, resolveDir, importer } = from;
      const { path: file, errors } = await build.resolve(name, {
        kind,
        resolveDir,
        importer,
        pluginData: RESOLVED_BY_US,
      });
      return errors.length > 0 ? { errors } : { path: pathToFileURL(file).href, external: true };
    });
  },
};
const RESOLVED_BY_US = Symbol('resolved');

/**
 * A module that asks where it is gets the answer it would get unbundled. Only the address of another TypeScript module
 * (of a thread, of a plugin) becomes that of a bundle of its own, whose sources are added to `beside`.
 */
const keepPlaces = (bundle: Bundle, beside: string[]): Plugin => ({
  name: 'keep-places',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      if (!text.includes('import.meta')) return undefined;
      const replaced = new Map([
        ['import.meta.dirname', JSON.stringify(path.dirname(file))],
        ['import.meta.filename', JSON.stringify(file)],
        ['import.meta.url', JSON.stringify(pathToFileURL(file).href)],
      ]);
      for (const [expression, name = ''] of text.matchAll(ADDRESS_OF_MODULE)) {
        const { file: other, inputs } = await bundle(path.resolve(path.dirname(file), name));
        beside.push(...Object.keys(inputs));
        replaced.set(expression, `new URL(${JSON.stringify(pathToFileURL(other).href)})`);
      }
      const contents = text.replaceAll(PLACE, expression => replaced.get(expression) ?? expression);
      return { contents, loader: 'ts' };
    });
  },
});

const ADDRESS_OF_MODULE = /new URL\('(\.[^']+\.ts)', import\.meta\.url\)/gu;
const PLACE = new RegExp(`${ADDRESS_OF_MODULE.source}|import\\.meta\\.(?:dirname|filename|url)\\b`, 'gu');
