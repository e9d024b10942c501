import {
  type CloudWorld,
  type FunctionState,
  misused,
  type ProgramRun,
  printed,
  refused,
  type StandInProgram,
} from './cloud-world.ts';

/** The commands of gcloud that deployments use. Flags as `--name=value`; unknown and missing ones are refused. */
const DEPLOY_FLAGS: Readonly<Record<string, 'needed' | 'optional'>> = {
  '--gen2': 'needed',
  '--project': 'needed',
  '--region': 'needed',
  '--runtime': 'needed',
  '--source': 'needed',
  '--entry-point': 'needed',
  '--run-service-account': 'needed',
  '--build-service-account': 'needed',
  '--ingress-settings': 'needed',
  '--memory': 'needed',
  '--cpu': 'needed',
  '--concurrency': 'needed',
  '--min-instances': 'needed',
  '--max-instances': 'needed',
  '--timeout': 'needed',
  '--env-vars-file': 'needed',
  '--set-secrets': 'needed',
  '--set-build-env-vars': 'needed',
  '--update-labels': 'needed',
  '--trigger-http': 'optional',
  '--allow-unauthenticated': 'optional',
  '--no-allow-unauthenticated': 'optional',
  '--trigger-event-filters': 'optional',
  '--trigger-event-filters-path-pattern': 'optional',
  '--trigger-location': 'optional',
  '--trigger-service-account': 'optional',
  '--retry': 'optional',
  '--quiet': 'needed',
  '--format': 'needed',
};

export const standInGcloud: StandInProgram = (args, world) => {
  const words = args.filter(arg => !arg.startsWith('--'));
  const flags = new Map(args.filter(arg => arg.startsWith('--')).map(arg => splitFlag(arg)));
  const only = (...names: string[]): boolean => [...flags.keys()].every(name => names.includes(name));
  switch (words.slice(0, 3).join(' ')) {
    case 'functions list':
      if (!only('--v2', '--regions', '--project', '--format')) return misused(args);
      return printed(Object.entries(world.functions).map(([name, state]) => toldFunction(name, state)));
    case 'run services list':
      if (!only('--region', '--project', '--format')) return misused(args);
      return printed(Object.entries(world.functions).map(([name, state]) => toldService(name, state)));
    case 'auth print-access-token':
      return only() ? printed('token-of-nobody\n') : misused(args);
    case 'secrets versions list':
      if (!only('--filter', '--project', '--format') || flags.get('--format') !== 'json') return misused(args);
      return listVersions(world.secrets, words[3] ?? '', flags.get('--filter'));
    case 'secrets versions access':
      if (!only('--secret', '--project') || words[3] !== 'latest') return misused(args);
      return accessLatest(world.secrets, flags.get('--secret') ?? '');
    case 'run services update-traffic':
      if (!only('--to-latest', '--to-revisions', '--region', '--project', '--quiet')) return misused(args);
      return routeTraffic(world.functions[words[3] ?? ''], flags);
    default:
      return words[0] === 'functions' && words[1] === 'deploy' ? deploy(world, words[2] ?? '', flags) : misused(args);
  }
};

function splitFlag(arg: string): [string, string] {
  const at = arg.indexOf('=');
  return at === -1 ? [arg, ''] : [arg.slice(0, at), arg.slice(at + 1)];
}

const serving = ({ traffic, revisions }: FunctionState): string =>
  traffic === 'latest' ? (revisions.at(-1) ?? '') : traffic;

const toldFunction = (name: string, { label }: FunctionState) => ({
  name: `projects/p/locations/r/functions/${name}`,
  state: 'ACTIVE',
  labels: { 'innkeeper-content': label },
});

const toldService = (name: string, state: FunctionState) => ({
  metadata: { name },
  status: {
    conditions: [{ type: 'Ready', status: 'True' }],
    traffic: [
      {
        revisionName: serving(state),
        percent: 100,
        ...(state.traffic === 'latest' ? { latestRevision: true } : {}),
      },
    ],
  },
});

/** Newest first. Of a secret that is not there, the real one prints an empty list as well as its refusal. */
function listVersions(secrets: CloudWorld['secrets'], id: string, filter: string | undefined): ProgramRun {
  const versions = secrets[id];
  if (versions === undefined) return { ...refused(noSecret('list', id)), stdout: '[]' };
  const state = /^state=([A-Z]+)$/u.exec(filter ?? '')?.[1];
  if (filter !== undefined && state === undefined) return misused([`--filter=${filter}`]);
  const told = versions.map((version, index) => ({
    createTime: '2026-11-01T00:00:00Z',
    name: `projects/1/secrets/${id}/versions/${index + 1}`,
    state: version.state,
  }));
  return printed(told.filter(version => state === undefined || version.state === state).toReversed());
}

function accessLatest(secrets: CloudWorld['secrets'], id: string): ProgramRun {
  const newest = secrets[id]?.at(-1);
  if (newest === undefined) return refused(noSecret('access', id));
  if (newest.state === 'ENABLED') return printed(newest.value);
  return refused(`ERROR: (gcloud.secrets.versions.access) FAILED_PRECONDITION: it is in ${newest.state} state.`);
}

const noSecret = (command: string, id: string): string =>
  `ERROR: (gcloud.secrets.versions.${command}) NOT_FOUND: Secret [projects/1/secrets/${id}] not found.`;

function routeTraffic(state: FunctionState | undefined, flags: ReadonlyMap<string, string>): ProgramRun {
  if (state === undefined) return refused('Cannot find service');
  const [revision = '', percent] = (flags.get('--to-revisions') ?? '').split('=');
  if (flags.has('--to-latest') === flags.has('--to-revisions')) return misused([...flags.keys()]);
  if (flags.has('--to-latest')) state.traffic = 'latest';
  else if (percent !== '100' || !state.revisions.includes(revision)) return refused('Revision not found');
  else state.traffic = revision;
  return printed('');
}

function deploy(world: CloudWorld, name: string, flags: ReadonlyMap<string, string>): ProgramRun {
  const unknown = [...flags.keys()].filter(flag => !(flag in DEPLOY_FLAGS));
  const missing = Object.entries(DEPLOY_FLAGS).filter(([flag, need]) => need === 'needed' && !flags.has(flag));
  if (unknown.length + missing.length > 0) return misused([...unknown, ...missing.map(([flag]) => flag)]);
  const label = /^innkeeper-content=([a-z0-9_-]{1,63})$/u.exec(flags.get('--update-labels') ?? '')?.[1];
  const isPinned = (flags.get('--set-secrets') ?? '').split(',').every(each => /^[A-Z_]+=[a-z-]+:\d+$/u.test(each));
  if (label === undefined || !isPinned) return misused(['--update-labels', '--set-secrets']);
  const state = world.functions[name] ?? { revisions: [], traffic: 'latest', label };
  world.functions[name] = state;
  state.revisions.push(`${name}-${(world.made += 1)}`);
  state.label = label;
  return printed('');
}
