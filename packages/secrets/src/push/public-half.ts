import type { EnvironmentValues } from '@innkeeper/deployment/environment/environment-values';
import type { Secret } from '@innkeeper/shared/config/secret';
import * as z from 'zod';
import { secretOf } from '../catalogue/catalogue.ts';
import type { PublicHalfCheck } from './push-to-worker.ts';

const Kid = z.object({ kid: z.string() });

/** By `kid`, against the files of the environment. They are reviewed before they are applied, so they come first. */
export function publicHalfCheck({ terraform, settings }: EnvironmentValues): PublicHalfCheck {
  const known = new Set(
    [...Object.values(terraform.worker_keys).flatMap(({ keys }) => keys), ...settings.vaultPublicKeys].map(
      key => key['kid'],
    ),
  );
  return (id, value) => {
    const origin = secretOf(id)?.origin;
    if (origin?.kind !== 'key_pair') return undefined;
    const kid = kidOf(value);
    return kid !== undefined && known.has(kid) ? undefined : origin.publicHalf;
  };
}

function kidOf(value: Secret): string | undefined {
  try {
    return Kid.safeParse(JSON.parse(value.reveal())).data?.kid;
  } catch {
    return undefined; // What is no JWK has no public half that anybody could know.
  }
}
