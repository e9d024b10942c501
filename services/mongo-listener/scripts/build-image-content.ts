import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { REQUIRE_AND_PLACE } from '@innkeeper/shared/bundling/commonjs-in-module';
import { build } from 'esbuild';
import * as z from 'zod';

/**
 * Writes what the image holds besides Node: `main.js`, the whole listener in one module, and `packages.json`, what went
 * into it in which version. Made from pnpm's deploy output, so of exactly the packages that the lockfile names for
 * production. One module, because Node strips types from no file below `node_modules`, where a deploy puts our shared
 * package; and because what nothing imports is then not in the image.
 *
 *   node services/mongo-listener/scripts/build-image-content.ts FOLDER
 */
const Manifest = z.object({ name: z.string(), version: z.string() });

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: build-image-content.ts FOLDER');
const output = resolve(folder);

const deployed = mkdtempSync(join(tmpdir(), 'listener-deploy-'));
try {
  deploy();
  mkdirSync(output, { recursive: true });
  const packages = installed(await bundle()).toSorted(([left], [right]) => left.localeCompare(right, 'en'));
  writeFileSync(join(output, 'packages.json'), `${JSON.stringify(Object.fromEntries(packages), null, 2)}\n`);
} finally {
  rmSync(deployed, { recursive: true, force: true });
}

function deploy(): void {
  execFileSync(
    'pnpm',
    [
      '--filter=@innkeeper/mongo-listener',
      '--prod',
      '--prefer-offline',
      // One version of each package: there is no need for pnpm's links, and esbuild finds everything upwards.
      '--config.node-linker=hoisted',
      // The lockfile's own install has checked how old its packages are; a second check needs the registry.
      '--config.minimum-release-age=0',
      'deploy',
      join(deployed, 'listener'),
    ],
    { cwd: resolve(import.meta.dirname, '../../..'), stdio: ['ignore', 'ignore', 'inherit'] },
  );
}

/** Absolute paths of all that went in. */
async function bundle(): Promise<string[]> {
  const root = join(deployed, 'listener');
  const { metafile } = await build({
    entryPoints: [join(root, 'src/main.ts')],
    outfile: join(output, 'main.js'),
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // Node holds the text of a module as long as it runs: without comments and spaces it takes 5 MB less.
    minifyWhitespace: true,
    minifySyntax: true,
    // A stack trace quotes the line it comes from.
    lineLimit: 120,
    keepNames: true,
    legalComments: 'linked',
    tsconfigRaw: {},
    metafile: true,
    logLevel: 'warning',
    banner: { js: REQUIRE_AND_PLACE },
  });
  return Object.keys(metafile.inputs).map(file => resolve(root, file));
}

/** `[name, version]` of each installed package that went in. */
function installed(files: readonly string[]): [string, string][] {
  const folders = files.flatMap(file => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(file)?.[0] ?? []);
  return [...new Set(folders)].flatMap(directory => {
    const { name, version } = Manifest.parse(JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')));
    return name.startsWith('@innkeeper/') ? [] : [[name, version]];
  });
}
