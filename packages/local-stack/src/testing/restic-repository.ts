import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** An empty restic repository that opens in milliseconds instead of half a second; see the README of its fixture. */
export const REPOSITORY_PASSWORD = 'a password for tests';

export interface RepositoryFile {
  /** Below the repository's own path. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** In the order in which `restic init` stores them. */
export function repositoryFiles(): RepositoryFile[] {
  const key = readFileSync(path.join(FIXTURE, 'key.json'));
  const config = readFileSync(path.join(FIXTURE, 'config.base64'), 'utf8');
  return [
    { path: `keys/${createHash('sha256').update(key).digest('hex')}`, bytes: key },
    { path: 'config', bytes: Buffer.from(config, 'base64') },
  ];
}

const FIXTURE = path.join(import.meta.dirname, '__fixtures__/restic-repository');
