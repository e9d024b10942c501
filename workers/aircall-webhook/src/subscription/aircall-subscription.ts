import { SubscriptionObject } from '@innkeeper/shared/adapters/cloudflare/subscription-object';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { OperatorConfig } from '@innkeeper/shared/operate/operator-config';
import { AircallConfig } from '../config.ts';
import { SUBSCRIBED_EVENTS } from '../events/event-table.ts';
import { aircallRegistry } from './aircall-registry.ts';

/** The webhook at Aircall. */
export class AircallSubscription extends SubscriptionObject {
  constructor(context: DurableObjectState, environment: Record<string, unknown>) {
    const aircall = parseConfig('aircall-subscription', AircallConfig, environment);
    const { PUBLIC_URL } = parseConfig('aircall-subscription', OperatorConfig, environment);
    super(context, environment, {
      deployable: 'aircall-webhook',
      wanted: { address: `${PUBLIC_URL}/webhooks/aircall`, events: SUBSCRIBED_EVENTS },
      registry: aircallRegistry({ ...aircall, fetch: (...call) => fetch(...call) }),
    });
  }
}
