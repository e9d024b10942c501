import { type Namespace, nameOf } from '@innkeeper/backup-runner/proof-of-restore/mongodb/read-archive';
import { UsageError } from '../program-options.ts';

/** `--nsInclude`: `*` stands for anything. Without a pattern everything is included. Pure. */
export function namespaceFilter(pattern: string | undefined): (namespace: Namespace) => boolean {
  if (pattern === undefined) return () => true;
  const expression = new RegExp(
    `^${pattern
      .split('*')
      .map(piece => RegExp.escape(piece))
      .join('.*')}$`,
    'u',
  );
  return namespace => expression.test(nameOf(namespace));
}

/** `--nsFrom` and `--nsTo` for one collection; wildcards are not here. @throws UsageError. Pure. */
export function namespaceRename(from: string | undefined, to: string | undefined): (namespace: Namespace) => Namespace {
  if (from === undefined && to === undefined) return namespace => namespace;
  if (from === undefined || to === undefined) throw new UsageError('--nsFrom and --nsTo belong together');
  const [, database, collection] = /^([^.*$\\]+)\.([^*$\\]+)$/u.exec(to) ?? [];
  if (database === undefined || collection === undefined || /[*$\\]/u.test(from))
    throw new UsageError('only whole names are renamed here');
  return namespace => (nameOf(namespace) === from ? { database, collection } : namespace);
}
