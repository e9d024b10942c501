/** What every `WebhookRegistry` owes its callers; run against the fake and every vendor's adapter. */
import { describe, expect, it } from 'vitest';
import type { Result } from '../result/result.ts';
import type { RegistryError, RemoteSubscription, WebhookRegistry } from '../subscription/webhook-registry.ts';

export interface RegistryFixture {
  readonly registry: WebhookRegistry;
  /** Two events the vendor offers. */
  readonly events: readonly [string, string];
}

const ADDRESS = 'https://hooks.example.com/webhooks';

export function describeWebhookRegistryContract(
  name: string,
  makeFixture: () => Promise<RegistryFixture> | RegistryFixture,
): void {
  describe(`${name} keeps the webhook registry contract`, () => {
    it('shows what was created, until it is removed', async () => {
      const { registry, events } = await makeFixture();
      expect(valueOf(await registry.list())).toEqual([]);
      const created = valueOf(await registry.create({ url: ADDRESS, events }));
      expect(created).toMatchObject({ url: ADDRESS, active: true });
      expect([...created.events].sort()).toEqual([...events].sort());
      const other = valueOf(await registry.create({ url: `${ADDRESS}?subscription=b`, events }));
      expect(
        valueOf(await registry.list())
          .map(idOf)
          .sort(),
      ).toEqual([created.id, other.id].sort());
      expect(await registry.remove(created.id)).toEqual({ ok: true, value: undefined });
      expect(valueOf(await registry.list())).toEqual([other]);
    });

    it('brings events to exactly what is wanted, and switches on', async () => {
      const { registry, events } = await makeFixture();
      const { id } = valueOf(await registry.create({ url: ADDRESS, events: [events[0]] }));
      const changed = valueOf(await registry.update(id, { url: ADDRESS, events: [events[1]], active: true }));
      expect(changed).toEqual({ id, url: ADDRESS, events: [events[1]], active: true });
      expect(valueOf(await registry.list())).toEqual([changed]);
    });

    it('shows a secret of its own for each address, the same each time', async () => {
      const { registry, events } = await makeFixture();
      const first = valueOf(await registry.create({ url: ADDRESS, events }));
      const second = valueOf(await registry.create({ url: `${ADDRESS}?subscription=b`, events }));
      const secrets = await Promise.all([first, second, first].map(remote => revealed(registry, remote)));
      expect(new Set(secrets).size).toBe(2);
      expect(secrets[2]).toBe(secrets[0]);
    });

    it('gives another secret to a subscription that is made again', async () => {
      const { registry, events } = await makeFixture();
      const before = valueOf(await registry.create({ url: ADDRESS, events }));
      const secret = await revealed(registry, before);
      await registry.remove(before.id);
      const after = valueOf(await registry.create({ url: ADDRESS, events }));
      expect(after.id).not.toBe(before.id);
      expect(await revealed(registry, after)).not.toBe(secret);
    });

    it('says so where there is no such subscription', async () => {
      const { registry, events } = await makeFixture();
      const gone = valueOf(await registry.create({ url: ADDRESS, events }));
      await registry.remove(gone.id);
      const answers = await Promise.all([
        registry.update(gone.id, { url: ADDRESS, events, active: true }),
        registry.remove(gone.id),
        registry.secretOf(gone),
      ]);
      for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { kind: 'not_found' } });
    });
  });
}

const idOf = ({ id }: RemoteSubscription): string => id;

const revealed = async (registry: WebhookRegistry, remote: RemoteSubscription): Promise<string> =>
  valueOf(await registry.secretOf(remote)).reveal();

function valueOf<T>(answer: Result<T, RegistryError>): T {
  if (!answer.ok) throw new Error(`${answer.error.kind}: ${answer.error.detail}`);
  return answer.value;
}
