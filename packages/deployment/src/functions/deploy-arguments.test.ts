import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { exampleDescribed } from '../testing/example-described.ts';
import type { Described } from '../worker-configuration/worker-variables.ts';
import { deployArguments } from './deploy-arguments.ts';
import { type Manifest, readManifest } from './manifest.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const ACCOUNTS = 'innkeeper-prod.iam.gserviceaccount.com';
let described: Described;
let manifest: Manifest;
beforeAll(async () => {
  described = await exampleDescribed(ROOT, 'prod');
  const read = await readManifest(ROOT);
  if (!read.ok) throw new Error(read.error.sentence);
  manifest = read.value;
});

function argumentsOf(name: string): string[] {
  const entry = manifest[name];
  if (entry === undefined) throw new Error(`no ${name}`);
  return deployArguments({
    name,
    entry,
    outputs: described.outputs,
    source: '/tmp/source',
    variablesFile: '/tmp/variables.json',
    secretVersions: new Map(Object.values(entry.secrets).map(id => [id, '7'])),
    contentHash: 'f'.repeat(40),
  });
}

describe('deployArguments', () => {
  it('says everything of a function that follows Firestore, retries included', () => {
    expect(argumentsOf('records')).toEqual([
      'functions',
      'deploy',
      'records',
      '--gen2',
      '--project=innkeeper-prod',
      '--region=europe-west3',
      '--runtime=nodejs24',
      '--source=/tmp/source',
      '--entry-point=records',
      '--run-service-account=fn-records@innkeeper-prod.iam.gserviceaccount.com',
      `--build-service-account=projects/innkeeper-prod/serviceAccounts/functions-build@${ACCOUNTS}`,
      '--ingress-settings=internal-only',
      '--memory=512Mi',
      '--cpu=1',
      '--concurrency=8',
      '--min-instances=0',
      '--max-instances=20',
      '--timeout=120s',
      '--env-vars-file=/tmp/variables.json',
      '--set-secrets=EMBEDDINGS_API_KEY=embeddings-api-key:7,QDRANT_API_KEY=qdrant-api-key-write:7',
      '--set-build-env-vars=GOOGLE_NODE_RUN_SCRIPTS=',
      `--update-labels=innkeeper-content=${'f'.repeat(40)}`,
      '--trigger-event-filters=type=google.cloud.firestore.document.v1.written',
      '--trigger-event-filters=database=(default)',
      '--trigger-event-filters-path-pattern=document=records/{id}',
      '--trigger-location=europe-west3',
      '--trigger-service-account=eventarc@innkeeper-prod.iam.gserviceaccount.com',
      '--retry',
      '--quiet',
      '--format=none',
    ]);
  });

  it('lets anybody call only what the manifest calls public', () => {
    const open = Object.keys(manifest).filter(name => argumentsOf(name).includes('--allow-unauthenticated'));
    expect(open).toEqual(Object.keys(manifest).filter(name => manifest[name]?.trigger.invoker === 'public'));
    expect(argumentsOf('launch')).toContain('--no-allow-unauthenticated');
  });

  it('pins every secret to a version', () => {
    for (const name of Object.keys(manifest)) {
      const secrets = argumentsOf(name).find(word => word.startsWith('--set-secrets='));
      expect(secrets).toMatch(/^--set-secrets=(?:[A-Z_]+=[a-z-]+:7,?)+$/u);
    }
  });
});
