import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { citedPaths, findDeadPaths } from './doc-paths.ts';
import { findVersionDrift } from './versions.ts';
import { looseActions } from './workflows.ts';

describe('pinned versions', () => {
  const pins = (dependencies: Record<string, string>, catalog: Record<string, string>, locked: string[] = []) => ({
    manifests: [{ path: 'a/package.json', dependencies }],
    catalog,
    locked,
  });

  test('a dependency has to come from the catalog or the workspace', () => {
    expect(findVersionDrift(pins({ zod: 'catalog:', '@innkeeper/shared': 'workspace:*' }, { zod: '4.6.7' }))).toEqual(
      [],
    );
    expect(findVersionDrift(pins({ zod: '^4.6.7' }, { zod: '4.6.7' }))).toHaveLength(1);
    expect(findVersionDrift(pins({ zod: 'catalog:' }, {}))).toHaveLength(1);
  });

  test.each(['^4.6.7', '4.6', 'latest', '>=4', '4.x'])('%s is no exact version', version => {
    expect(findVersionDrift(pins({}, { zod: version }))).toHaveLength(1);
  });

  test('a second copy of a schema library is found', () => {
    expect(findVersionDrift(pins({}, {}, ['zod@4.6.7', 'zod@3.25.0', 'zod-to-json@1.0.0']))).toHaveLength(1);
  });
});

describe('cited paths', () => {
  const topLevel = new Set(['packages', 'workers', '.github']);
  const cited = (markdown: string) => citedPaths(markdown, topLevel);

  test('links, code and trees are read', () => {
    expect(cited('see [rules](.github/CONTRIBUTING.md#always) and `packages/shared/src/domain`')).toEqual([
      '.github/CONTRIBUTING.md',
      'packages/shared/src/domain',
    ]);
    expect(cited('```\nworkers/llm-query/   answers\n```')).toEqual(['workers/llm-query/']);
    expect(cited('`src/converge.ts`')).toEqual(['src/converge.ts']);
  });

  test('addresses, routes, media types and package names are no paths', () => {
    expect(
      cited('[site](https://example.com/a) `POST /webhooks/guesty` `text/html` `@innkeeper/shared/domain/plan`'),
    ).toEqual([]);
  });

  test('what is made on a machine may be missing, and ENV stands for any environment', () => {
    const root = mkdtempSync(join(tmpdir(), 'innkeeper-paths-'));
    onTestFinished(() => rmSync(root, { recursive: true }));
    for (const folder of ['environments/prod', '.cache']) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, '.gitignore'), '.cache/\nenvironments/*.nodes.json\n');
    const cited = ['environments/ENV', 'environments/prod.nodes.json', '.cache/tool', 'environments/test/values'];
    writeFileSync(join(root, 'README.md'), cited.map(path => `\`${path}\``).join(' '));
    expect(findDeadPaths(root)).toEqual(['README.md: environments/test/values does not exist']);
  });
});

describe('pinned actions', () => {
  const COMMIT = 'a'.repeat(40);

  test('a commit with its release is accepted, and so is an action of this repository', () => {
    expect(looseActions(`  - uses: a/b@${COMMIT} # v1.2.3\n  - uses: ./.github/actions/c\n`)).toEqual([]);
  });

  test.each([`a/b@v4`, `a/b@main`, `a/b@${COMMIT.slice(1)} # v1`, `a/b@${COMMIT}`])('%s is refused', action => {
    expect(looseActions(`      - uses: ${action}\n`)).toHaveLength(1);
  });
});
