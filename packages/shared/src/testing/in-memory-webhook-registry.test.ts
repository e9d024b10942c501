import { inMemoryWebhookRegistry } from './in-memory-webhook-registry.ts';
import { describeWebhookRegistryContract } from './webhook-registry-contract.ts';

describeWebhookRegistryContract('the registry in memory', () => ({
  registry: inMemoryWebhookRegistry(),
  events: ['guest.created', 'guest.updated'],
}));
