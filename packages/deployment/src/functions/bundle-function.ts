import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REQUIRE_AND_PLACE } from '@innkeeper/shared/bundling/commonjs-in-module';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { build, stop } from 'esbuild';
import * as z from 'zod';
import type { Trouble } from '../programs/trouble.ts';
import type { Variables } from '../worker-configuration/worker-variables.ts';

/** What gcloud uploads, and where it lies for the length of a deployment. */
export interface FunctionSource {
  readonly folder: string;
  readonly variablesFile: string;
  /** Of everything that makes the function what it is, but for its secrets' values. */
  readonly contentHash: string;
}

export interface BundleRequest {
  /** As in `functions/backup`. */
  readonly source: string;
  readonly name: string;
  readonly variables: Variables;
  /** Whatever else makes a new revision when it changes: the manifest's row, versions of secrets. */
  readonly settings: unknown;
}

export type BundleFunction = (request: BundleRequest) => Promise<Result<FunctionSource, Trouble>>;

const FRAMEWORK = '@google-cloud/functions-framework';
const PackageJson = z.object({ version: z.string() });

/**
 * One file out of a function's source, its packages and the shared code, because Google's build cannot resolve links
 * of a workspace; the framework alone is installed there, since its own program loads the file.
 */
export function functionBundler(options: { readonly root: string; readonly folder: string }): BundleFunction {
  const bundles = new Map<string, ReturnType<typeof bundle>>();
  return async ({ source, name, variables, settings }) => {
    // Functions of one source are one bundle.
    const bundled = bundles.get(source) ?? bundle(join(options.root, source), source);
    bundles.set(source, bundled);
    const code = await bundled;
    if (!code.ok) return code;
    const packageJson = `${JSON.stringify(await deployedPackage(options.root, source), undefined, 2)}\n`;
    const variablesText = `${JSON.stringify(sorted(variables), undefined, 2)}\n`;
    const hash = createHash('sha256');
    for (const part of [code.value, packageJson, variablesText, JSON.stringify(settings)]) {
      hash.update(`${part.length}:`).update(part);
    }
    const folder = join(options.folder, name);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'index.js'), code.value);
    await writeFile(join(folder, 'package.json'), packageJson);
    const variablesFile = join(options.folder, `${name}.variables.json`);
    await writeFile(variablesFile, variablesText); // JSON is YAML, which gcloud reads.
    return ok({ folder, variablesFile, contentHash: hash.digest('hex').slice(0, 40) });
  };
}

async function bundle(folder: string, source: string): Promise<Result<string, Trouble>> {
  try {
    const { outputFiles } = await build({
      entryPoints: [join(folder, 'src/index.ts')],
      absWorkingDir: folder,
      bundle: true,
      platform: 'node',
      target: 'node24',
      format: 'esm',
      external: [FRAMEWORK],
      write: false,
      logLevel: 'silent',
      banner: { js: REQUIRE_AND_PLACE },
    });
    return ok(outputFiles[0]?.text ?? '');
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return err({ sentence: `${source} cannot be bundled: ${words}`, nextStep: 'Mend it; ./dev check finds the same.' });
  } finally {
    await stop();
  }
}

async function deployedPackage(root: string, source: string): Promise<object> {
  const file = join(root, source, 'node_modules', FRAMEWORK, 'package.json');
  const { version } = PackageJson.parse(JSON.parse(await readFile(file, 'utf8')));
  return {
    name: source.replace('/', '-'),
    private: true,
    type: 'module',
    main: 'index.js',
    engines: { node: '24' },
    dependencies: { [FRAMEWORK]: version },
  };
}

const sorted = (variables: Variables): Variables =>
  Object.fromEntries(Object.entries(variables).toSorted(([a], [b]) => (a < b ? -1 : 1)));
