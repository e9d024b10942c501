import { unreachable } from '@innkeeper/shared/result/result';
import type { SecretEntry } from '../catalogue/secret-entry.ts';

/** The one thing a person does to set or renew a secret. Pure. */
export function nextStepOf({ id, store, origin }: SecretEntry, environment: string): string {
  const source = sourceOf(origin);
  if (store === 'sops')
    return `${source === '' ? '' : `${source}, then `}sops edit secrets/${environment}/swarm.sops.yaml`;
  switch (origin.kind) {
    case 'random':
    case 'key_pair':
      return `./dev secrets generate ${id} --env ${environment}`;
    case 'qdrant_key':
      return `./dev secrets qdrant-keys --env ${environment} --renew`;
    case 'cloudflare_token':
      return `./dev secrets cloudflare-tokens --env ${environment} --renew`;
    case 'person':
    case 'google_key':
    case 'copy':
    case 'composed':
      return `${source}, then ./dev secrets set ${id} --env ${environment}`;
    default:
      return unreachable(origin);
  }
}

/** Where a value comes from, as a person is told; empty for what a command makes. */
export function sourceOf(origin: SecretEntry['origin']): string {
  switch (origin.kind) {
    case 'person':
      return `get it from ${origin.where}`;
    case 'google_key':
      return (
        'gcloud iam service-accounts keys create key.json ' +
        `--iam-account ${origin.account}@PROJECT.iam.gserviceaccount.com`
      );
    case 'copy':
      return `take one of ${origin.of}`;
    case 'composed':
      return `write ${origin.pattern} with ${origin.of}`;
    case 'random':
      return `openssl rand -hex ${origin.bytes}`;
    case 'key_pair':
    case 'qdrant_key':
    case 'cloudflare_token':
      return ''; // made by a command of its own
    default:
      return unreachable(origin);
  }
}
