import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ContractReport } from './contract-report.ts';
import { secretsIn } from './services.ts';
import { SUITES } from './suites.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const NOBODY = '127.0.0.1:1';
/** Of each server the file that is done first. */
const FILES = ['qdrant-adapter', 'rocketchat-adapter', 'query-agreement'].map(
  name => SUITES.find(({ file }) => file.endsWith(`/${name}.test.ts`))?.file ?? name,
);

test('a suite whose server does not answer fails: none falls back to the stand-in', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'contracts-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'report.json');
  const code = await new Promise(done => {
    execFile(
      join(ROOT, 'node_modules/.bin/vitest'),
      ['run', '--project', 'unit', `--reporter=${join(import.meta.dirname, 'contract-reporter.ts')}`, ...FILES],
      {
        cwd: ROOT,
        env: {
          ...process.env,
          CONTRACT_REPORT: path,
          MONGODB_URI: `mongodb://${NOBODY}/?replicaSet=rs0&serverSelectionTimeoutMS=100`,
          QDRANT_URL: `http://${NOBODY}`,
          QDRANT_API_KEY: 'full-key',
          QDRANT_READ_ONLY_API_KEY: 'reading-key',
          ROCKETCHAT_URL: `http://${NOBODY}`,
          ROCKETCHAT_USER_ID: 'bot',
          ROCKETCHAT_AUTH_TOKEN: 'token',
        },
      },
      error => done(error?.code ?? 0),
    );
  });
  expect(code).toBe(1);
  const { files } = ContractReport.parse(JSON.parse(readFileSync(path, 'utf8')));
  expect(files.map(({ file }) => file).toSorted()).toEqual(FILES.toSorted());
  for (const { file, tests } of files) {
    const passed = tests.filter(({ state }) => state === 'passed').map(({ names }) => names.join(' › '));
    // What a client makes of a server that is not there is the same everywhere.
    expect([file, passed]).toEqual([file, []]);
  }
});

test('secrets of the environment are keys, tokens, addresses with passwords, and the passwords alone', () => {
  const environment = {
    MONGODB_URI: 'mongodb://bot:p%40ss-word@db/rocketchat',
    QDRANT_API_KEY: 'key',
    ROCKETCHAT_AUTH_TOKEN: 'token',
    ROCKETCHAT_USER_ID: 'an id',
    QDRANT_URL: 'http://127.0.0.1:6333',
  };
  expect(secretsIn(environment)).toEqual([environment.MONGODB_URI, 'p@ss-word', 'key', 'token']);
});
