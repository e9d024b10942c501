import { parseArgs } from 'node:util';
import * as z from 'zod';
import { misused, type ProgramRun, printed, refused, type StandInProgram, type WorkerState } from './cloud-world.ts';

/** The commands of wrangler 4.156 that deployments use, with the flags its `--help` lists for them. */
const Configuration = z.object({
  name: z.string(),
  migrations: z.array(z.object({ tag: z.string() })).optional(),
  tail_consumers: z.array(z.object({ service: z.string() })).optional(),
});

const OPTIONS = {
  name: { type: 'string' },
  json: { type: 'boolean' },
  config: { type: 'string' },
  tag: { type: 'string' },
  message: { type: 'string' },
  yes: { type: 'boolean' },
} as const;
type Option = keyof typeof OPTIONS;

const ALLOWED: Readonly<Record<string, readonly Option[]>> = {
  'deployments status': ['name', 'json'],
  'versions view': ['name', 'json'],
  'versions list': ['name', 'json'],
  'versions upload': ['config', 'tag', 'message'],
  'versions deploy': ['name', 'config', 'message', 'yes'],
  'triggers deploy': ['config'],
  deploy: ['config', 'tag', 'message'],
};

/** Cloudflare keeps tags of at most so many characters. */
const TAG_LENGTH_MAX = 25;

export const standInWrangler: StandInProgram = (args, world, context) => {
  if (!context.environment['CLOUDFLARE_ACCOUNT_ID'])
    return refused('no CLOUDFLARE_ACCOUNT_ID in a run without a terminal');
  const command = args[0] === 'deploy' ? 'deploy' : args.slice(0, 2).join(' ');
  const allowed = ALLOWED[command];
  if (allowed === undefined) return misused(args);
  const options = Object.fromEntries(allowed.map(name => [name, OPTIONS[name]]));
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({ args: args.slice(command.split(' ').length), options, allowPositionals: true });
  } catch {
    return misused(args);
  }
  const text = (name: Option): string => (typeof parsed.values[name] === 'string' ? parsed.values[name] : '');
  const configuration =
    text('config') === '' ? undefined : Configuration.parse(JSON.parse(context.readText(text('config'))));
  const name = configuration?.name ?? text('name');
  const worker = world.workers[name];
  const newest = configuration?.migrations?.at(-1)?.tag;
  const upload = (into: WorkerState): string => {
    const id = `version-${(world.made += 1)}`;
    into.versions.push({ id, tag: text('tag'), migration: newest });
    return id;
  };
  if (text('tag').length > TAG_LENGTH_MAX) return refused('tag is too long');
  const absent = configuration?.tail_consumers?.find(({ service }) => world.workers[service] === undefined);
  if (absent !== undefined) return refused(`the tail consumer ${absent.service} does not exist`);

  if (command === 'deploy') {
    const created = worker ?? { versions: [], split: [], triggers: undefined, migration: undefined, tails: [] };
    world.workers[name] = created;
    const id = upload(created);
    created.split = [{ version_id: id, percentage: 100 }];
    created.migration = newest;
    created.triggers = text('tag');
    created.tails = tailsOf(configuration);
    return printed('Deployed');
  }
  if (worker === undefined) return refused('This Worker does not exist on your account. [code: 10007]');
  switch (command) {
    case 'deployments status':
      return printed({ id: 'deployment', versions: worker.split });
    case 'versions list':
      return printed(worker.versions.map(told).slice(-10));
    case 'versions view': {
      const version = worker.versions.find(({ id }) => id === parsed.positionals[0]);
      return version === undefined ? refused('no such version [code: 10021]') : printed(told(version));
    }
    case 'versions upload':
      if (worker.migration !== newest) return refused('migrations cannot be uploaded with a version [code: 10211]');
      upload(worker);
      return printed('Uploaded');
    case 'versions deploy':
      // Settings without a version are set only where a configuration names them.
      if (configuration?.tail_consumers !== undefined) worker.tails = tailsOf(configuration);
      return splitTraffic(worker, parsed.positionals);
    default:
      worker.triggers = worker.versions.at(-1)?.tag;
      return printed('Deployed triggers');
  }
};

const tailsOf = (configuration: z.infer<typeof Configuration> | undefined): string[] =>
  (configuration?.tail_consumers ?? []).map(({ service }) => service);

const told = ({ id, tag, migration }: WorkerState['versions'][number]) => ({
  id,
  annotations: { 'workers/tag': tag },
  resources: { script_runtime: migration === undefined ? {} : { migration_tag: migration } },
});

function splitTraffic(worker: WorkerState, shares: readonly string[]): ProgramRun {
  const split = shares.map(share => {
    const [id = '', percentage = ''] = share.split('@');
    return { version_id: id, percentage: Number(percentage.replace('%', '')) };
  });
  const sum = split.reduce((total, { percentage }) => total + percentage, 0);
  const versions = split.map(({ version_id: id }) => worker.versions.find(version => version.id === id));
  if (sum !== 100 || versions.includes(undefined)) return refused('versions and percentages do not fit');
  if (versions.some(version => version?.migration !== worker.migration)) {
    return refused('a version of before a migration cannot be deployed');
  }
  worker.split = split;
  return printed('Deployed versions');
}
