import { join, resolve } from 'node:path';

/** Where things are in the repository, and what was prepared once beside it. */
export const REPOSITORY = resolve(import.meta.dirname, '../../..');
export const ANSIBLE = join(REPOSITORY, 'ansible');
export const SCRIPTS = resolve(import.meta.dirname, '../scripts');
/** Not in git: the virtual environment with Ansible, and the Debian that invented servers are made of. */
export const PREPARED = join(REPOSITORY, '.toolchain/ansible');

export const ENVIRONMENTS = ['dev', 'staging', 'prod'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];
