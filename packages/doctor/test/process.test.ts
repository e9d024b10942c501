import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { DoctorReport } from '../src/report/report.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** As an operator without any credential runs it. */
async function doctor(...words: string[]): Promise<Ended> {
  const environment = { PATH: process.env['PATH'], HOME: '/nonexistent', METADATA_SERVER_DETECTION: 'none' };
  try {
    return { code: 0, ...(await promisify(execFile)('node', [MAIN, ...words], { env: environment })) };
  } catch (error) {
    return error as Ended;
  }
}

test('the command ends with 2 for an environment that nobody knows, and where nothing could be asked', async () => {
  const [unknown, nothing] = await Promise.all([
    doctor('--env', 'production'),
    doctor('--env', 'prod', '--only', 'firestore,secrets', '--json'),
  ]);
  expect([unknown.code, unknown.stdout]).toEqual([2, '']);
  expect(unknown.stderr).toContain('Say --env dev, --env staging');
  expect(nothing.code).toBe(2);
  expect(nothing.stderr).toContain('Nothing could be asked');
  const { counts, findings } = DoctorReport.parse(JSON.parse(nothing.stdout));
  expect(counts).toEqual({ well: 0, unwell: 0, notAsked: findings.length });
});
