import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Done, Target } from '../deploy/target.ts';
import type { EnvironmentName } from '../environment/environment-values.ts';
import type { BundleFunction, FunctionSource } from '../functions/bundle-function.ts';
import { CONTENT_LABEL, deployArguments } from '../functions/deploy-arguments.ts';
import { functionVariables } from '../functions/function-variables.ts';
import type { ManifestEntry } from '../functions/manifest.ts';
import type { Trouble } from '../programs/trouble.ts';
import type { Described } from '../worker-configuration/worker-variables.ts';
import { deployFunction, type Gcloud, readFunction, readService, routeTraffic } from './gcloud.ts';

export interface FunctionTargetOptions {
  readonly environment: EnvironmentName;
  readonly name: string;
  readonly entry: ManifestEntry;
  readonly gcloud: Gcloud;
  readonly bundle: BundleFunction;
  readonly describe: () => Promise<Result<Described, Trouble>>;
  /** Number of a secret's newest version that may be read; undefined where there is none. */
  readonly secretVersion: (id: string) => Promise<Result<string | undefined, Trouble>>;
}

/** A function: deployed only where something of it changed, taken back by traffic. */
export function functionTarget(options: FunctionTargetOptions): Target {
  const { gcloud, name } = options;
  return {
    name: `function/${name}`,
    stage: 'functions',
    prerequisites: async () => {
      const versions = await readSecretVersions(options);
      return versions.ok ? ok(undefined) : versions;
    },
    foresee: async () => {
      const wanted = await prepare(options);
      if (!wanted.ok) return wanted;
      const unchanged = await isServed(options, wanted.value.source.contentHash);
      if (!unchanged.ok) return unchanged;
      return ok(unchanged.value ? [] : [`Function ${name} gets a new revision.`]);
    },
    steps: [{ id: `function/${name}: deploy`, phase: 1, forward: () => deploy(options) }],
    rollback: {
      survey: async () => {
        const service = await readService(gcloud, name);
        return service.ok ? ok(service.value?.serving) : service;
      },
      takeBack: before => takeBack(options, before),
    },
  };
}

interface Prepared {
  readonly source: FunctionSource;
  readonly described: Described;
  readonly secretVersions: ReadonlyMap<string, string>;
}

async function prepare(options: FunctionTargetOptions): Promise<Result<Prepared, Trouble>> {
  const { name, entry, bundle, describe } = options;
  const described = await describe();
  if (!described.ok) return described;
  const variables = functionVariables(entry.source, described.value);
  if (!variables.ok) return variables;
  const versions = await readSecretVersions(options);
  if (!versions.ok) return versions;
  const secretVersions = versions.value;
  const settings = { entry, secrets: [...secretVersions], functions: described.value.outputs.functions };
  const source = await bundle({ source: entry.source, name, variables: variables.value, settings });
  return source.ok ? ok({ source: source.value, described: described.value, secretVersions }) : source;
}

/** Versions by id; what is optional and has none is left out. */
async function readSecretVersions({
  environment,
  name,
  entry,
  secretVersion,
}: FunctionTargetOptions): Promise<Result<ReadonlyMap<string, string>, Trouble>> {
  const versions = new Map<string, string>();
  const missing: string[] = [];
  for (const [variable, id] of Object.entries(entry.secrets)) {
    const version = await secretVersion(id);
    if (!version.ok) return version;
    if (version.value !== undefined) versions.set(id, version.value);
    else if (!entry.optionalSecrets.includes(variable)) missing.push(id);
  }
  if (missing.length === 0) return ok(versions);
  const commands = missing.map(id => `\`./dev secrets set ${id} --env ${environment}\``);
  return err({
    sentence: `Function ${name} needs what has no enabled version in Secret Manager: ${missing.join(', ')}.`,
    nextStep: `Fill it with ${commands.join(', ')}, then run the deployment again.`,
  });
}

/** Whether that content is what answers now. A pinned service may carry the label and serve something older. */
async function isServed(
  { gcloud, name }: FunctionTargetOptions,
  contentHash: string,
): Promise<Result<boolean, Trouble>> {
  const deployed = await readFunction(gcloud, name);
  if (!deployed.ok) return deployed;
  const service = await readService(gcloud, name);
  if (!service.ok) return service;
  return ok(
    deployed.value?.isActive === true &&
      deployed.value.labels[CONTENT_LABEL] === contentHash &&
      service.value?.followsLatest === true &&
      service.value.isReady,
  );
}

async function deploy(options: FunctionTargetOptions): Promise<Result<Done, Trouble>> {
  const { name, entry, gcloud } = options;
  const prepared = await prepare(options);
  if (!prepared.ok) return prepared;
  const { source, described, secretVersions } = prepared.value;
  const unchanged = await isServed(options, source.contentHash);
  if (!unchanged.ok) return unchanged;
  if (!unchanged.value) {
    const args = deployArguments({
      name,
      entry,
      outputs: described.outputs,
      source: source.folder,
      variablesFile: source.variablesFile,
      secretVersions,
      contentHash: source.contentHash,
    });
    const deployed = await deployFunction(gcloud, name, args);
    if (!deployed.ok) return deployed;
    // A rollback pins the service to one revision; without this the new one would get nothing.
    const routed = await routeTraffic(gcloud, name, 'latest');
    if (!routed.ok) return routed;
  }
  const service = await readService(gcloud, name);
  if (!service.ok) return service;
  if (service.value?.isReady !== true || service.value.serving === undefined) return err(notReady(name));
  return ok({ version: service.value.serving });
}

export const notReady = (name: string): Trouble => ({
  sentence: `Function ${name} was deployed and does not become ready.`,
  nextStep: `Read its log: gcloud run services logs read ${name}.`,
});

async function takeBack({ gcloud, name }: FunctionTargetOptions, before: string): Promise<Result<Done, Trouble>> {
  const service = await readService(gcloud, name);
  if (!service.ok) return service;
  if (service.value?.serving === before) return ok({});
  const routed = await routeTraffic(gcloud, name, before);
  if (!routed.ok) return routed;
  return ok({ warnings: [`Function ${name} is pinned to ${before}; the next deployment lifts that.`] });
}
