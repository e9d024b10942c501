import path from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { BackupSource } from '@innkeeper/shared/contracts/backup/steps';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Namespace } from '../../src/proof-of-restore/mongodb/read-archive.ts';
import { HELP } from './help.ts';
import type { ErasuresFrom, RestoreCommand, RestoreOrder, RestoreWhat } from './restore-command.ts';

/** What is wrong with a command line, in one sentence. Nothing was done. Exit code 2. */
export interface UsageError {
  readonly sentence: string;
  readonly help: string;
}
type Read<T> = Result<T, string>;
type CommandName = Exclude<keyof typeof HELP, 'restore'>;

/** Turns the words after `pnpm restore` into a command. Pure. */
export function readRestoreCommand(words: readonly string[]): Result<RestoreCommand, UsageError> {
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help')
    return ok({ kind: 'help', text: HELP.restore });
  if (!isCommandName(name)) return err({ sentence: `There is no command ${name}.`, help: HELP.restore });
  const help = HELP[name];
  if (rest.includes('--help') || rest.includes('-h')) return ok({ kind: 'help', text: help });
  const read = readers[name](rest);
  return read.ok ? read : err({ sentence: read.error, help });
}

const isCommandName = (name: string): name is CommandName => name !== 'restore' && Object.hasOwn(HELP, name);

const SIGNED = {
  yes: { type: 'boolean', default: false },
  by: { type: 'string' },
  record: { type: 'string' },
  erasures: { type: 'string' },
  'without-erasures': { type: 'boolean', default: false },
} as const;
const SAFETY = {
  overwrite: { type: 'boolean', default: false },
  'into-source': { type: 'boolean', default: false },
} as const;
const JSON_OPTION = { json: { type: 'boolean', default: false } } as const;

const readers: Record<CommandName, (words: readonly string[]) => Read<RestoreCommand>> = {
  list(words) {
    const read = parse(words, JSON_OPTION, 0, 0);
    return read.ok ? ok({ kind: 'list', json: read.value.values.json }) : read;
  },

  browse(words) {
    const read = parse(words, JSON_OPTION, 1, 2);
    if (!read.ok) return read;
    const [address = '', within = '/'] = read.value.positionals;
    const [name = '', source = 'files', ...more] = address.split(':');
    const run = readRunName(name);
    if (!run.ok) return run;
    const known = BackupSource.safeParse(source);
    if (!known.success || more.length > 0)
      return err(`A run holds ${BackupSource.options.join(', ')}; there is no ${address.slice(name.length + 1)}.`);
    if (known.data !== 'files' && within !== '/') return err('Only files are browsed by a path.');
    const clean = readFilerPath(within);
    if (!clean.ok) return clean;
    return ok({ kind: 'browse', run: run.value, source: known.data, path: clean.value, json: read.value.values.json });
  },

  files(words) {
    const read = parse(words, { ...SIGNED, ...SAFETY, to: { type: 'string' } }, 2, Number.POSITIVE_INFINITY);
    if (!read.ok) return read;
    const { values, positionals } = read.value;
    if (values.to === undefined) return err('Where to? --to FOLDER is missing.');
    const paths = all(positionals.slice(1).map(readFilerPath));
    if (!paths.ok) return paths;
    return orderOf(values, positionals, { kind: 'files', paths: paths.value, folder: path.resolve(values.to) });
  },

  collection(words) {
    const options = { ...SIGNED, ...SAFETY, to: { type: 'string' }, as: { type: 'string' } } as const;
    const read = parse(words, options, 2, 2);
    if (!read.ok) return read;
    const { values, positionals } = read.value;
    const from = readNamespace(positionals[1] ?? '');
    if (!from.ok) return from;
    const as = values.as === undefined ? from : readNamespace(values.as);
    if (!as.ok) return as;
    const mongodb = readAddress(values.to, 'mongodb', '--to');
    if (!mongodb.ok) return mongodb;
    return orderOf(values, positionals, {
      kind: 'collection',
      from: from.value,
      as: as.value,
      mongodb: mongodb.value,
    });
  },

  keycloak(words) {
    const read = parse(words, { ...SIGNED, ...SAFETY, to: { type: 'string' } }, 1, 1);
    if (!read.ok) return read;
    const { values, positionals } = read.value;
    const postgres = readAddress(values.to, 'postgres', '--to');
    return postgres.ok ? orderOf(values, positionals, { kind: 'keycloak', postgres: postgres.value }) : postgres;
  },

  everything(words) {
    const addresses = { to: { type: 'string' }, mongodb: { type: 'string' }, postgres: { type: 'string' } } as const;
    const read = parse(words, { ...SIGNED, ...SAFETY, ...addresses }, 1, 1);
    if (!read.ok) return read;
    const { values, positionals } = read.value;
    if (values.to === undefined) return err('Where to? --to FOLDER is missing.');
    const mongodb = readOptionalAddress(values.mongodb, 'mongodb');
    if (!mongodb.ok) return mongodb;
    const postgres = readOptionalAddress(values.postgres, 'postgres');
    if (!postgres.ok) return postgres;
    return orderOf(values, positionals, {
      kind: 'everything',
      folder: path.resolve(values.to),
      mongodb: mongodb.value,
      postgres: postgres.value,
    });
  },

  erase(words) {
    const { 'without-erasures': _, ...signed } = SIGNED;
    const options = {
      ...signed,
      files: { type: 'string' },
      mongodb: { type: 'string' },
      firestore: { type: 'string' },
    } as const;
    const read = parse(words, options, 1, 1);
    if (!read.ok) return read;
    const { values, positionals } = read.value;
    const run = readRunName(positionals[0] ?? '');
    if (!run.ok) return run;
    const mongodb = readOptionalAddress(values.mongodb, 'mongodb');
    if (!mongodb.ok) return mongodb;
    const [, project, database] = /^([a-z][a-z0-9-]+)\/([\w()-]+)$/u.exec(values.firestore ?? '') ?? [];
    if (values.firestore !== undefined && (project === undefined || database === undefined))
      return err('--firestore takes PROJECT/DATABASE, such as my-project/(default).');
    if (values.files === undefined && values.mongodb === undefined && values.firestore === undefined)
      return err('Where? At least one of --files, --mongodb and --firestore is needed.');
    return ok({
      kind: 'erase',
      run: run.value,
      folder: values.files === undefined ? undefined : path.resolve(values.files),
      mongodb: mongodb.value,
      firestore: project === undefined || database === undefined ? undefined : { project, database },
      erasures: values.erasures === undefined ? { kind: 'firestore' } : { kind: 'file', path: values.erasures },
      signature: { yes: values.yes, by: values.by, record: values.record },
    });
  },
};

interface SignedValues {
  readonly yes: boolean;
  readonly by?: string | undefined;
  readonly record?: string | undefined;
  readonly erasures?: string | undefined;
  readonly 'without-erasures': boolean;
  readonly overwrite: boolean;
  readonly 'into-source': boolean;
}

function orderOf(values: SignedValues, positionals: readonly string[], what: RestoreWhat): Read<RestoreOrder> {
  const run = readRunName(positionals[0] ?? '');
  if (!run.ok) return run;
  if (values.erasures !== undefined && values['without-erasures'])
    return err('--erasures and --without-erasures contradict each other.');
  const erasures: ErasuresFrom = values['without-erasures']
    ? { kind: 'none' }
    : values.erasures === undefined
      ? { kind: 'firestore' }
      : { kind: 'file', path: values.erasures };
  return ok({
    kind: 'restore',
    run: run.value,
    what,
    overwrite: values.overwrite,
    intoSource: values['into-source'],
    erasures,
    signature: { yes: values.yes, by: values.by, record: values.record },
  });
}

type Options = NonNullable<ParseArgsConfig['options']>;

function parse<const T extends Options>(words: readonly string[], options: T, fewest: number, most: number) {
  try {
    const parsed = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
    const count = parsed.positionals.length;
    if (count < fewest) return err(count === 0 ? 'Which run? A run id or latest is missing.' : 'Something is missing.');
    if (count > most) return err(`There is a word too much: ${parsed.positionals[most]}.`);
    return ok(parsed);
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error)) throw error;
    return err(error.message);
  }
}

function readRunName(text: string): Read<string> {
  if (text === 'latest' || RunId.safeParse(text).success) return ok(text);
  return err(`${text} is no run: a run id such as 2026-11-21 or 2026-11-21-manual-1, or latest.`);
}

function readFilerPath(text: string): Read<string> {
  if (!text.startsWith('/') || text.includes('\0')) return err(`${text} is no path of the filer: it starts with a /.`);
  const clean = path.posix.normalize(text);
  return ok(clean.length > 1 ? clean.replace(/\/$/u, '') : clean);
}

function readNamespace(text: string): Read<Namespace> {
  const [, database, collection] = /^([^./\\\s"$*\0]+)\.([^$*\0]+)$/u.exec(text) ?? [];
  if (database === undefined || collection === undefined)
    return err(`${text} is no collection: DATABASE.COLLECTION, such as rocketchat.rocketchat_message.`);
  return ok({ database, collection });
}

const SCHEMES = { mongodb: /^mongodb(?:\+srv)?:\/\//u, postgres: /^postgres(?:ql)?:\/\//u };
const EXAMPLES = { mongodb: 'mongodb://127.0.0.1:27017', postgres: 'postgresql://keycloak@127.0.0.1:5432/keycloak' };
const PASSWORD_VARIABLES = { mongodb: 'RESTORE_MONGODB_PASSWORD', postgres: 'RESTORE_POSTGRES_PASSWORD' };

/** Every process on the machine can read the arguments of every other: a password among them is refused. */
function readAddress(text: string | undefined, kind: keyof typeof SCHEMES, option: string): Read<string> {
  if (text === undefined) return err(`Where to? ${option} URI is missing, such as ${EXAMPLES[kind]}.`);
  if (!SCHEMES[kind].test(text)) return err(`${option} takes an address such as ${EXAMPLES[kind]}.`);
  const beforeHosts = text.replace(SCHEMES[kind], '').split(/[/?]/u, 1)[0] ?? '';
  if (/:[^@]*@/u.test(beforeHosts) || /[?&]password=/iu.test(text))
    return err(`Leave the password out of the address and set ${PASSWORD_VARIABLES[kind]} (or …_FILE) instead.`);
  return ok(text);
}

const readOptionalAddress = (text: string | undefined, kind: keyof typeof SCHEMES): Read<string | undefined> =>
  text === undefined ? ok(undefined) : readAddress(text, kind, `--${kind}`);

function all<T>(reads: readonly Read<T>[]): Read<readonly T[]> {
  const values: T[] = [];
  for (const read of reads) {
    if (!read.ok) return read;
    values.push(read.value);
  }
  return ok(values);
}
