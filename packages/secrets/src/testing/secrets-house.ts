import { Secret } from '@innkeeper/shared/config/secret';
import { ok } from '@innkeeper/shared/result/result';
import type { DeployedFunction, FunctionSecrets } from '../ports/function-secrets.ts';
import { currentVersion } from '../ports/secret-store.ts';
import { carryOutPush, foreseePush, type PushTarget } from '../push/push-to-worker.ts';
import { readMarker } from '../push/version-marker.ts';
import { readersOf } from '../rotate/behind-readers.ts';
import { type KeyOrder, makeDatabaseKey } from '../rotate/make-database-key.ts';
import { retireDatabaseKeys } from '../rotate/retire-database-keys.ts';
import { rollToken } from '../rotate/roll-token.ts';
import { Interruption } from './interrupt.ts';
import { memoryApiTokens } from './memory-api-tokens.ts';
import { memoryDatabaseKeys } from './memory-database-keys.ts';
import { memorySecretStore } from './memory-secret-store.ts';
import { memoryWorkerSecrets } from './memory-worker-secrets.ts';

/** An environment in memory whose operator's runs may be cut off anywhere, and what must hold in it all the same. */
const READ: KeyOrder = { id: 'qdrant-api-key-read', access: 'read_only', prefix: 'innkeeper-prod-read', renew: true };
const WRITE: KeyOrder = { id: 'qdrant-api-key-write', access: 'manage', prefix: 'innkeeper-prod-write', renew: true };
const TOKEN = { id: 'embeddings-api-key', tokenId: 'embeddings' } as const;
const TARGET: PushTarget = { worker: 'llm-query', script: 'llm-query' };
const MANIFEST = { records: ['qdrant-api-key-write', 'embeddings-api-key'] };
const HOUR_MS = 3_600_000;

export type Run = 'push' | 'make-read' | 'make-write' | 'retire' | 'roll-token' | 'set-groq' | 'deploy-functions';
export const RUNS: readonly Run[] = [
  'push',
  'make-read',
  'make-write',
  'retire',
  'roll-token',
  'set-groq',
  'deploy-functions',
];

export class SecretsHouse {
  #nowMs = 0;
  #groqKeys = 0;
  readonly #now = (): number => this.#nowMs;
  readonly store = memorySecretStore(this.#now);
  readonly workers = memoryWorkerSecrets();
  readonly tokens = memoryApiTokens();
  readonly keys = memoryDatabaseKeys(this.#now);
  #deployed: DeployedFunction | undefined;
  readonly #functions: FunctionSecrets = { deployed: async () => ok(this.#deployed) };

  constructor() {
    for (const id of [READ.id, WRITE.id, TOKEN.id, 'groq-api-key', 'rocketchat-auth-token'])
      this.store.places.set(id, []);
    for (const id of ['rocketchat-webhook-tokens', 'workload-key-llm-query']) this.store.places.set(id, []);
    this.workers.deployed.set('llm-query', new Map());
    this.tokens.values.set(TOKEN.tokenId, 'from-the-state-of-terraform');
  }

  /** One command, cut off after so many steps. @throws Died */
  async run(run: Run, steps: number): Promise<void> {
    this.#nowMs += HOUR_MS;
    const interruption = new Interruption(steps);
    const store = interruption.over(this.store);
    const workers = interruption.over(this.workers);
    const wait = (): Promise<void> => Promise.resolve();
    const keyPorts = { store, keys: interruption.over(this.keys), now: this.#now, wait };
    switch (run) {
      case 'set-groq':
        this.#groqKeys += 1;
        return void (await store.add('groq-api-key', new Secret(`groq-key-${this.#groqKeys}`)));
      case 'push': {
        const plan = await foreseePush({ store, workers }, TARGET);
        if (plan.ok) await carryOutPush({ store, workers }, TARGET, plan.value, () => undefined);
        return;
      }
      case 'make-read':
      case 'make-write':
        return void (await makeDatabaseKey(keyPorts, run === 'make-read' ? READ : WRITE));
      case 'retire':
        for (const order of [READ, WRITE]) await retireDatabaseKeys(keyPorts, order, id => this.#behind(id));
        return;
      case 'roll-token':
        return void (await rollToken({ store, tokens: interruption.over(this.tokens) }, { ...TOKEN, renew: false }));
      case 'deploy-functions':
        this.#deployed = {
          updatedAtMs: this.#nowMs,
          versions: { [WRITE.id]: this.#current(WRITE.id), [TOKEN.id]: this.#current(TOKEN.id) },
        };
    }
  }

  #current(id: string): number {
    return this.store.places.get(id)?.length ?? 0;
  }

  async #behind(id: string) {
    const versions = await this.store.versions(id);
    const current = versions.ok ? currentVersion(versions.value) : undefined;
    const readers = await readersOf(
      { workers: this.workers, functions: this.#functions },
      'prod',
      MANIFEST,
      id,
      current ?? { number: 0, createdAtMs: 0 },
    );
    return readers.ok ? ok(readers.value.filter(each => each.state === 'behind').map(each => each.reader)) : readers;
  }

  /** What is wrong, in words; empty at any moment whatever was cut off. */
  flaws(): string[] {
    const flaws: string[] = [];
    const isLive = (value: string): boolean => [...this.keys.live.values()].some(key => key.value.reveal() === value);
    const secrets = this.workers.deployed.get('llm-query') ?? new Map<string, Secret>();
    const idOf = { GROQ_API_KEY: 'groq-api-key', QDRANT_API_KEY: READ.id } as Readonly<Record<string, string>>;
    for (const name of secrets.keys()) {
      const marker = readMarker(name);
      if (marker === undefined) continue;
      const kept = this.store.places.get(idOf[marker.variable] ?? '')?.[marker.version - 1]?.value.reveal();
      if (secrets.get(marker.variable)?.reveal() !== kept) flaws.push(`${name} is not what the Worker has`);
    }
    const markers = [...secrets.keys()].filter(name => readMarker(name) !== undefined);
    if (markers.length !== secrets.size - markers.length) flaws.push('a value of the Worker has no marker, or two');
    const used = secrets.get('QDRANT_API_KEY')?.reveal();
    if (used !== undefined && !isLive(used)) flaws.push('the Worker has a key that was deleted');
    const version = this.#deployed?.versions[WRITE.id];
    const deployed = typeof version === 'number' ? this.store.places.get(WRITE.id)?.[version - 1]?.value : undefined;
    if (deployed !== undefined && !isLive(deployed.reveal())) flaws.push('functions have a key that was deleted');
    for (const { id } of [READ, WRITE]) {
      const current = this.store.places.get(id)?.at(-1)?.value.reveal();
      if (current !== undefined && !isLive(current)) flaws.push(`the current ${id} does not work`);
    }
    return flaws;
  }

  /** Everything said once more, to its end; what is still not as it should be. */
  async settle(): Promise<string[]> {
    const all: readonly Run[] = [
      'set-groq',
      'make-read',
      'make-write',
      'roll-token',
      'push',
      'deploy-functions',
      'retire',
    ];
    for (const run of all) await this.run(run, Number.POSITIVE_INFINITY);
    const names = [...this.keys.live.values()].map(({ name }) => name.replace(/-\d.*$/u, '')).toSorted();
    const token = this.store.places.get(TOKEN.id)?.at(-1)?.value.reveal();
    return [
      ...this.flaws(),
      ...(names.join() === `${READ.prefix},${WRITE.prefix}` ? [] : [`keys are left: ${names.join(', ')}`]),
      ...(token === this.tokens.values.get(TOKEN.tokenId) ? [] : ['the kept token is not the one that is taken']),
    ];
  }
}
