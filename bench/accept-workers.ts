import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { generateWorkloadKey } from '@innkeeper/local-stack/google/workload-key';
import { type RunningWorkers, startWorkers } from '@innkeeper/local-stack/workers-host/start-workers';
import { parse } from 'jsonc-parser';
import * as z from 'zod';

/**
 * Both webhook Workers and the empty one, in one workerd on one set of durable queues. Their queues have no consumer
 * here, so that nothing but accepting is under way.
 */
export interface AcceptWorkers {
  readonly workers: RunningWorkers;
  readonly guestySecret: string;
  readonly aircallToken: string;
}

const Wrangler = z.looseObject({ main: z.string(), queues: z.looseObject({ producers: z.array(z.unknown()) }) });

export async function startAcceptWorkers(stateDirectory: string): Promise<AcceptWorkers> {
  const guestySecret = `whsec_${Buffer.from('a secret of this benchmark only').toString('base64')}`;
  const aircallToken = 'a-token-of-this-benchmark-only';
  const { privateKey } = await generateWorkloadKey();
  // Parsed when a Worker is wired, never called: accepting speaks to the queue alone.
  const common = {
    OPERATOR_TOKENS: 'an-operator-token-of-this-benchmark-only',
    PUBLIC_URL: 'https://bench.example',
    GOOGLE_CLOUD_PROJECT: 'bench',
    GOOGLE_WORKLOAD_AUDIENCE: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/b/providers/b',
    GOOGLE_WORKLOAD_ISSUER: 'https://bench.example',
    GOOGLE_WORKLOAD_SUBJECT: 'bench',
    GOOGLE_WORKLOAD_KEY: JSON.stringify(privateKey),
  };
  const guesty = {
    GUESTY_WEBHOOK_SECRETS: guestySecret,
    GUESTY_BASE_URL: 'https://guesty.example/v1',
    GUESTY_CLIENT_ID: 'bench',
    GUESTY_CLIENT_SECRET: 'bench',
  };
  const aircall = {
    AIRCALL_WEBHOOK_TOKENS: aircallToken,
    AIRCALL_API_ID: 'bench',
    AIRCALL_API_TOKEN: 'bench',
  };
  const workers = await startWorkers({
    stateDirectory: join(stateDirectory, 'workers'),
    log: { info() {}, warn() {}, error: (event, facts) => console.error(event, facts) },
    onWorkerLog() {},
    workers: [
      { directory: join(import.meta.dirname, 'empty-worker'), variables: {} },
      { directory: withoutConsumers('guesty-webhook', stateDirectory), variables: { ...common, ...guesty } },
      { directory: withoutConsumers('aircall-webhook', stateDirectory), variables: { ...common, ...aircall } },
    ],
  });
  return { workers, guestySecret, aircallToken };
}

/** A folder with the Worker's own configuration, but for the consumers. */
function withoutConsumers(worker: string, stateDirectory: string): string {
  const original = resolve(import.meta.dirname, '../workers', worker, 'wrangler.jsonc');
  const { queues, main, ...others } = Wrangler.parse(parse(readFileSync(original, 'utf8')));
  const directory = join(stateDirectory, worker);
  mkdirSync(directory, { recursive: true });
  const config = { ...others, main: join(dirname(original), main), queues: { producers: queues.producers } };
  writeFileSync(join(directory, 'wrangler.jsonc'), JSON.stringify(config));
  return directory;
}
