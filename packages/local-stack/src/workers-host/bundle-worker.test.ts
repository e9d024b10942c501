import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { bundleWorker } from './bundle-worker.ts';

const root = mkdtempSync(path.join(tmpdir(), 'bundle-'));
afterAll(() => rmSync(root, { recursive: true }));
const entry = path.join(root, 'index.ts');
const cacheDirectory = path.join(root, 'cache');
const bundle = ({ keepNames = true } = {}) =>
  bundleWorker({ config: { entry, directory: root, keepNames }, cacheDirectory });
const write = (greeting: string): void => {
  writeFileSync(
    entry,
    `import { greeting } from './greeting.ts';\nexport default { fetch: (): Response => new Response(greeting) };\n`,
  );
  writeFileSync(path.join(root, 'wrangler.jsonc'), '{}');
  writeFileSync(path.join(root, 'greeting.ts'), `export const greeting: string = '${greeting}';\n`);
};
beforeEach(() => {
  rmSync(cacheDirectory, { recursive: true, force: true });
  write('hello');
});

const cacheFile = (): string => path.join(cacheDirectory, readdirSync(cacheDirectory)[0] ?? '');

describe("a Worker's bundle", () => {
  test('is one module of JavaScript with everything it imports', async () => {
    const code = await bundle();
    expect(code).toContain('hello');
    expect(code).not.toContain('greeting.ts"');
    expect(code).not.toContain(': Response');
  });

  test('is taken from the cache while its sources are the same, and made again when one differs', async () => {
    const first = await bundle();
    const made = statSync(cacheFile()).mtimeMs;
    expect(await bundle()).toBe(first);
    expect(statSync(cacheFile()).mtimeMs).toBe(made);
    write('good day');
    expect(await bundle()).toContain('good day');
  });

  test('prefers what a package offers to workerd', async () => {
    const packageDirectory = path.join(root, 'node_modules/two-faced');
    mkdirSync(packageDirectory, { recursive: true });
    const exports = { '.': { workerd: './workerd.js', default: './node.js' } };
    writeFileSync(path.join(packageDirectory, 'package.json'), JSON.stringify({ name: 'two-faced', exports }));
    writeFileSync(path.join(packageDirectory, 'workerd.js'), `export const face = 'for workerd';`);
    writeFileSync(path.join(packageDirectory, 'node.js'), `export const face = 'for node';`);
    writeFileSync(
      entry,
      `import { face } from 'two-faced';\nimport { DurableObject } from 'cloudflare:workers';\nexport { DurableObject, face };\n`,
    );
    const code = await bundle();
    expect(code).toContain('for workerd');
    expect(code).toContain('from "cloudflare:workers"');
  });

  test('keeps the names of functions where the Worker asks for it', async () => {
    writeFileSync(entry, `export default { fetch: () => new Response((() => function named() {})().name) };\n`);
    expect(await bundle({ keepNames: true })).toContain('__name(');
    writeFileSync(path.join(root, 'wrangler.jsonc'), '{ "keep_names": false }');
    expect(await bundle({ keepNames: false })).not.toContain('__name(');
  });

  test('is made again when other dependencies are installed', async () => {
    await bundle();
    writeFileSync(path.join(root, 'pnpm-lock.yaml'), 'lockfileVersion: 9');
    await bundle();
    rmSync(path.join(root, 'pnpm-lock.yaml'));
    expect(readdirSync(cacheDirectory).length).toBe(2);
  });

  test('that cannot be made says where', async () => {
    writeFileSync(entry, `import './absent.ts';\n`);
    await expect(bundle()).rejects.toThrow('absent.ts');
  });

  test('survives a cache that another version wrote', async () => {
    await bundle();
    writeFileSync(cacheFile(), '{"version":0}');
    expect(await bundle()).toContain('hello');
    expect(readFileSync(cacheFile(), 'utf8')).toContain('hello');
  });
});
