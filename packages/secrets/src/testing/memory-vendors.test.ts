import { beforeEach } from 'vitest';
import { describeApiTokensContract } from './api-tokens-contract.ts';
import { describeDatabaseKeysContract } from './database-keys-contract.ts';
import { memoryApiTokens } from './memory-api-tokens.ts';
import { memoryDatabaseKeys } from './memory-database-keys.ts';
import { memorySecretStore } from './memory-secret-store.ts';
import { memoryWorkerSecrets } from './memory-worker-secrets.ts';
import { describeSecretStoreContract } from './secret-store-contract.ts';
import { describeWorkerSecretsContract } from './worker-secrets-contract.ts';

const start = () => {
  const vendors = {
    store: memorySecretStore(() => 0),
    workers: memoryWorkerSecrets(),
    tokens: memoryApiTokens(),
    keys: memoryDatabaseKeys(() => 0),
  };
  vendors.store.places.set('groq-api-key', []);
  vendors.workers.deployed.set('llm-query', new Map());
  vendors.tokens.values.set('plan', 'original-plan').set('workers', 'original-workers');
  return vendors;
};
let vendors: ReturnType<typeof start>;
beforeEach(() => {
  vendors = start();
});

describeSecretStoreContract('memory', () => vendors.store);
describeWorkerSecretsContract('memory', () => vendors.workers);
describeApiTokensContract('memory', () => vendors.tokens, 'original-plan');
describeDatabaseKeysContract('memory', () => vendors.keys);
