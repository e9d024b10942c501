import type { TerraformOutputs } from '../environment/terraform-outputs.ts';
import type { ManifestEntry } from './manifest.ts';

export interface DeployArguments {
  readonly name: string;
  readonly entry: ManifestEntry;
  readonly outputs: TerraformOutputs;
  /** Folder with index.js and package.json. */
  readonly source: string;
  /** File with the variables that are no secrets. */
  readonly variablesFile: string;
  /** Number of the version by id of the secret; those without one are not bound. */
  readonly secretVersions: ReadonlyMap<string, string>;
  readonly contentHash: string;
}

/** Label by which an unchanged function is known again. */
export const CONTENT_LABEL = 'innkeeper-content';
export const RUNTIME = 'nodejs24';

const INGRESS = { ALLOW_ALL: 'all', ALLOW_INTERNAL_ONLY: 'internal-only' } as const;

/** The words behind `gcloud` that deploy one function: everything the manifest says, no value of any secret. Pure. */
export function deployArguments(input: DeployArguments): string[] {
  const { name, entry, outputs } = input;
  const { functions } = outputs;
  const secrets = Object.entries(entry.secrets)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([variable, id]) => {
      const version = input.secretVersions.get(id);
      return version === undefined ? [] : [`${variable}=${id}:${version}`];
    });
  return [
    'functions',
    'deploy',
    name,
    '--gen2',
    `--project=${functions.project_id}`,
    `--region=${functions.region}`,
    `--runtime=${RUNTIME}`,
    `--source=${input.source}`,
    `--entry-point=${entry.entryPoint}`,
    `--run-service-account=${functions.service_accounts[name] ?? ''}`,
    `--build-service-account=${functions.build_account}`,
    `--ingress-settings=${INGRESS[entry.ingress]}`,
    `--memory=${entry.memory}`,
    `--cpu=${entry.cpu}`,
    `--concurrency=${entry.concurrency}`,
    `--min-instances=${functions.min_instances[name] ?? entry.minInstances}`,
    `--max-instances=${entry.maxInstances}`,
    `--timeout=${entry.timeoutSeconds}s`,
    `--env-vars-file=${input.variablesFile}`,
    `--set-secrets=${secrets.join(',')}`,
    // The bundle is built already: the buildpack must not look for a script.
    '--set-build-env-vars=GOOGLE_NODE_RUN_SCRIPTS=',
    `--update-labels=${CONTENT_LABEL}=${input.contentHash}`,
    ...triggerArguments(entry.trigger, outputs),
    '--quiet',
    '--format=none',
  ];
}

function triggerArguments(trigger: ManifestEntry['trigger'], { functions }: TerraformOutputs): string[] {
  if (trigger.kind === 'http') {
    // As Terraform grants it: said otherwise, either would undo the other.
    return ['--trigger-http', trigger.invoker === 'public' ? '--allow-unauthenticated' : '--no-allow-unauthenticated'];
  }
  return [
    '--trigger-event-filters=type=google.cloud.firestore.document.v1.written',
    `--trigger-event-filters=database=${functions.databases[trigger.database] ?? ''}`,
    `--trigger-event-filters-path-pattern=document=${trigger.document}`,
    `--trigger-location=${functions.region}`,
    `--trigger-service-account=${functions.eventarc_account}`,
    // Off, Google drops what failed without a word.
    '--retry',
  ];
}
