import * as z from 'zod';
import type { StandInReply } from '../stand-in-server.ts';
import { refusal, result } from './cloudflare-replies.ts';
import type { CloudflareCall, CloudflareRoute } from './cloudflare-route.ts';
import type { CloudflareWorld } from './cloudflare-world.ts';

/** Secrets of Workers: names can be read, values only written; the bulk call is one new version, or nothing. */
const Secret = z.strictObject({ type: z.literal('secret_text'), name: z.string().min(1), text: z.string() });
const Bulk = z.strictObject({ secrets: z.record(z.string(), Secret.nullable()) });
const OPERATIONS_MAX = 100;

export const WORKER_SECRET_ROUTES: readonly CloudflareRoute[] = [
  {
    method: 'GET',
    path: '/accounts/:account/workers/scripts/:script/secrets',
    rights: ['Workers Scripts Write', 'Workers Scripts Read'],
    answer: (world, { names }) => {
      const worker = world.workers.get(names['script'] ?? '');
      if (worker === undefined) return noWorker();
      return result([...worker.secrets.keys()].map(name => ({ name, type: 'secret_text' })));
    },
  },
  {
    method: 'PATCH',
    path: '/accounts/:account/workers/scripts/:script/secrets-bulk',
    rights: ['Workers Scripts Write'],
    answer: changeSecrets,
  },
];

function changeSecrets(world: CloudflareWorld, { names, headers, body }: CloudflareCall): StandInReply {
  const worker = world.workers.get(names['script'] ?? '');
  if (worker === undefined) return noWorker();
  if (headers['content-type'] !== 'application/merge-patch+json') return refusal(415, 10_001, 'Unsupported media type');
  const parsed = Bulk.safeParse(body);
  if (!parsed.success) return refusal(400, 10_021, 'Invalid secrets');
  const changes = Object.entries(parsed.data.secrets);
  if (changes.length > OPERATIONS_MAX) return refusal(400, 10_021, `More than ${OPERATIONS_MAX} operations`);
  if (changes.some(([name, secret]) => secret !== null && secret.name !== name)) {
    return refusal(400, 10_021, 'A secret has another name than its key');
  }
  if (!worker.isNewestDeployed) return refusal(400, 10_215, 'The latest version of the Worker is not deployed');
  for (const [name, secret] of changes) {
    if (secret === null) worker.secrets.delete(name);
    else worker.secrets.set(name, secret.text);
  }
  worker.versions += 1;
  return result(changes.flatMap(([name, secret]) => (secret === null ? [] : [{ name, type: 'secret_text' }])));
}

const noWorker = (): StandInReply => refusal(404, 10_007, 'This Worker does not exist on your account.');
