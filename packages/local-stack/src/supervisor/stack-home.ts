import { mkdirSync, rmSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';

/** Where one stack keeps what it must remember. Two homes never share anything. */
export interface StackHome {
  readonly root: string;
  readonly stackFile: string;
  readonly processTable: string;
  readonly secretsFile: string;
  /** Environment of an operator's commands. */
  readonly operatorFile: string;
  log(name: string): string;
  state(name: string): string;
  configuration(name: string): string;
  /** Empties some of its folders. */
  forget(folders: readonly Folder[]): void;
}

const FOLDERS = ['logs', 'state', 'configuration'] as const;
type Folder = (typeof FOLDERS)[number];

export const REPOSITORY = resolve(import.meta.dirname, '../../../..');

/** `INNKEEPER_HOME`, from the repository's root when relative. Makes the folders; nobody else may read them. */
export function openStackHome(environment: Readonly<Record<string, string | undefined>>): StackHome {
  const named = environment['INNKEEPER_HOME'] || '.innkeeper';
  const root = isAbsolute(named) ? named : join(REPOSITORY, named);
  const make = (folder: Folder): void => void mkdirSync(join(root, folder), { recursive: true, mode: 0o700 });
  FOLDERS.forEach(make);
  return {
    root,
    stackFile: join(root, 'stack.json'),
    processTable: join(root, 'processes.json'),
    secretsFile: join(root, 'secrets.json'),
    operatorFile: join(root, 'operator.env'),
    log: name => join(root, 'logs', `${name}.log`),
    state: name => join(root, 'state', name),
    configuration: name => join(root, 'configuration', `${name}.json`),
    forget(folders) {
      for (const folder of folders) {
        rmSync(join(root, folder), { recursive: true, force: true });
        make(folder);
      }
    },
  };
}
