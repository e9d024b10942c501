import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeadLetterQueue } from '@innkeeper/shared/ingest/is-dead-letter-queue';
import { beforeAll, describe, expect, it } from 'vitest';
import { exampleDescribed } from '../testing/example-described.ts';
import { type DeployedConfiguration, deployedConfiguration } from './deployed-configuration.ts';
import { readWorkerFolders, type WorkerFolder } from './worker-folder.ts';
import type { Described } from './worker-variables.ts';

const ROOT = join(import.meta.dirname, '../../../..');
let folders: readonly WorkerFolder[];
let described: Described;
beforeAll(async () => {
  const read = await readWorkerFolders(ROOT);
  folders = read.ok ? read.value : [];
  described = await exampleDescribed(ROOT, 'staging');
});

function folder(name: string): WorkerFolder {
  const found = folders.find(each => each.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

function configured(name: string): DeployedConfiguration {
  const made = deployedConfiguration({ ...described, worker: folder(name), workers: folders.map(each => each.name) });
  if (!made.ok) throw new Error(made.error.sentence);
  return made.value;
}

describe('deployedConfiguration', () => {
  it('names what Terraform made in that environment', () => {
    expect(configured('guesty-webhook')).toMatchObject({
      name: 'guesty-webhook-staging',
      main: '../src/index.ts',
      workers_dev: false,
      preview_urls: false,
      routes: [{ pattern: described.values.terraform.hostnames.guesty_webhook, custom_domain: true }],
      queues: {
        producers: [{ binding: 'DELIVERIES', queue: 'guesty-deliveries-staging' }],
        consumers: [
          { queue: 'guesty-deliveries-staging', dead_letter_queue: 'guesty-deliveries-dead-staging' },
          { queue: 'guesty-deliveries-dead-staging' },
        ],
      },
      r2_buckets: [{ binding: 'OVERFLOW', bucket_name: 'innkeeper-overflow-staging' }],
      tail_consumers: [{ service: 'log-forwarder-staging' }],
    });
  });

  it.each(['prod', 'staging', 'dev'] as const)(
    'names queues in %s so that their consumer tells which are dead letters',
    async name => {
      const there = await exampleDescribed(ROOT, name);
      for (const worker of [folder('guesty-webhook'), folder('aircall-webhook')]) {
        const made = deployedConfiguration({ ...there, worker, workers: [] });
        const consumers = made.ok ? (made.value.queues?.consumers ?? []) : [];
        expect(consumers.map(({ queue }) => isDeadLetterQueue(queue))).toEqual([false, true]);
      }
    },
  );

  it('keeps what the folder’s own configuration says', () => {
    const { base } = folder('llm-query');
    expect(configured('llm-query')).toMatchObject({
      compatibility_date: base['compatibility_date'],
      durable_objects: base.durable_objects,
      migrations: base.migrations,
      triggers: base['triggers'],
      ai: { binding: 'AI' },
    });
  });

  it('lets every Worker know its version, which each says with every answer: previews are told by it', async () => {
    expect(folders.length).toBeGreaterThan(4);
    for (const { name, base } of folders) {
      expect(configured(name)).toMatchObject({ version_metadata: { binding: 'VERSION' } });
      const main = await readFile(join(ROOT, 'workers', name, base.main), 'utf8');
      expect({ name, isNamed: /\bnameVersion\(/u.test(main) }).toEqual({ name, isNamed: true });
    }
  });

  it('lets the forwarder forward nothing of itself', () => {
    expect(configured('log-forwarder')).not.toHaveProperty('tail_consumers');
  });

  it('refuses a queue or a bucket that Terraform did not make', () => {
    const { name, base } = folder('guesty-webhook');
    const queues = { producers: [{ binding: 'DELIVERIES', queue: 'guesty-deliverys' }] };
    const worker = { name, base: { ...base, queues } };
    expect(deployedConfiguration({ ...described, worker, workers: [] })).toEqual({
      ok: false,
      error: {
        sentence:
          'workers/guesty-webhook/wrangler.jsonc binds what Terraform did not make in staging: guesty-deliverys.',
        nextStep: 'Add it to terraform/modules/cloudflare and apply, or name it as Terraform does.',
      },
    });
  });

  it('binds buckets in their jurisdiction', () => {
    const buckets = { ...described.outputs.workers.buckets, jurisdiction: 'eu' };
    const outputs = { ...described.outputs, workers: { ...described.outputs.workers, buckets } };
    const made = deployedConfiguration({ ...described, outputs, worker: folder('backup-vault'), workers: [] });
    expect(made).toMatchObject({
      value: { r2_buckets: [{ bucket_name: 'innkeeper-backup-staging', jurisdiction: 'eu' }] },
    });
  });
});
