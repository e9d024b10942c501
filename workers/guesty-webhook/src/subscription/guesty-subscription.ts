import { SubscriptionObject } from '@innkeeper/shared/adapters/cloudflare/subscription-object';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { OperatorConfig } from '@innkeeper/shared/operate/operator-config';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { RegistryError } from '@innkeeper/shared/subscription/webhook-registry';
import { HydrationConfig } from '../config.ts';
import { SUBSCRIBED_EVENTS } from '../events/event-table.ts';
import type { GuestyHydration } from '../hydration/guesty-hydration.ts';
import { guestyRegistry } from './guesty-registry.ts';

/** The subscription at Guesty, read and changed with the token that the whole fleet shares. */
interface Bindings extends Record<string, unknown> {
  readonly HYDRATION: DurableObjectNamespace<GuestyHydration>;
}

const OBJECT_NAME = 'fleet';

export class GuestySubscription extends SubscriptionObject {
  constructor(context: DurableObjectState, environment: Bindings) {
    const { baseUrl } = parseConfig('guesty-subscription', HydrationConfig, environment);
    const { PUBLIC_URL } = parseConfig('guesty-subscription', OperatorConfig, environment);
    super(context, environment, {
      deployable: 'guesty-webhook',
      wanted: { address: `${PUBLIC_URL}/webhooks/guesty`, events: SUBSCRIBED_EVENTS },
      registry: guestyRegistry({
        baseUrl,
        fetch: (...call) => fetch(...call),
        token: refused => askToken(environment.HYDRATION, refused),
      }),
    });
  }
}

async function askToken(
  namespace: DurableObjectNamespace<GuestyHydration>,
  refused: string | undefined,
): Promise<Result<string, RegistryError>> {
  try {
    const granted = await namespace.getByName(OBJECT_NAME).token(refused);
    if (granted.ok) return ok(granted.value.token);
    const { kind, detail } = granted.error;
    return err(kind === 'denied' ? { kind, detail } : { kind: 'unavailable', detail: `${kind}: ${detail}` });
  } catch {
    return err({ kind: 'unavailable', detail: 'the hydration object did not answer' }); // moved or restarted: it passes
  }
}
