import { err, ok } from '@innkeeper/shared/result/result';
import { describe, expect, test } from 'vitest';
import type { CloudflareAccount } from '../ports/cloudflare-account.ts';
import type { CloudflareState } from './in-memory-cloudflare-account.ts';

/** What every `CloudflareAccount` tells of an account that holds what is given. */
export function describeCloudflareAccountContract(
  name: string,
  open: (state: CloudflareState) => Promise<CloudflareAccount>,
): void {
  describe(`${name} keeps the contract of a Cloudflare account`, () => {
    test('the token, with its end and without one', async () => {
      const expiresAt = new Date('2100-01-01T00:00:00Z');
      expect(await (await open({ tokenExpiresAt: expiresAt })).token()).toEqual(ok({ isActive: true, expiresAt }));
      expect(await (await open({})).token()).toEqual(ok({ isActive: true }));
    });

    test('every DNS record as it is, also several of one name', async () => {
      const record = { name: 'chat.example.com', type: 'A', content: '198.51.100.1', isProxied: true };
      const dnsRecords = [
        record,
        { ...record, content: '198.51.100.2', isProxied: false },
        { name: 'example.com', type: 'TXT', content: '"v=spf1 -all"', isProxied: false },
      ];
      expect(await (await open({ dnsRecords })).dnsRecords()).toEqual(ok(dnsRecords));
      expect(await (await open({})).dnsRecords()).toEqual(ok([]));
    });

    test('queues, and what waits in each', async () => {
      const live = { id: 'q1', name: 'guesty-deliveries', consumers: 1, isPaused: false };
      const paused = { id: 'q2', name: 'aircall-deliveries', consumers: 0, isPaused: true };
      const waiting = { messages: 7, oldestAt: new Date('2026-11-22T05:00:00Z') };
      const account = await open({
        queues: [
          { ...live, backlog: waiting },
          { ...paused, backlog: { messages: 0 } },
        ],
      });
      expect(await account.queues()).toEqual(ok([live, paused]));
      expect(await account.backlog('q1')).toEqual(ok(waiting));
      expect(await account.backlog('q2')).toEqual(ok({ messages: 0 }));
      expect(await account.backlog('q3')).toEqual(err(expect.objectContaining({ kind: 'missing' })));
    });

    test('what serves a Worker, the largest share first; nothing of one that was never deployed', async () => {
      const deployedAt = new Date('2026-11-21T00:00:00Z');
      const small = { id: 'new', percentage: 10, tag: 'bbbb' };
      const large = { id: 'old', percentage: 90 };
      const account = await open({ deployments: { 'llm-query': { deployedAt, versions: [small, large] } } });
      expect(await account.deployment('llm-query')).toEqual(ok({ deployedAt, versions: [large, small] }));
      expect(await account.deployment('log-forwarder')).toEqual(ok(undefined));
    });

    test('of a version that a changed secret made, whose code it has', async () => {
      const versions = [{ id: 'of-a-secret', percentage: 100, codeOf: { id: 'uploaded', tag: 'aaaa' } }];
      const serving = { deployedAt: new Date('2026-11-21T00:00:00Z'), versions };
      expect(await (await open({ deployments: { worker: serving } })).deployment('worker')).toEqual(ok(serving));
    });

    test('names of a Worker’s secrets; nothing of one that was never deployed', async () => {
      const names = ['GROQ_API_KEY', 'GROQ_API_KEY__V3'];
      const account = await open({ secretNames: { 'llm-query': names, 'backup-vault': [] } });
      expect(await account.secretNames('llm-query')).toEqual(ok(names));
      expect(await account.secretNames('backup-vault')).toEqual(ok([]));
      expect(await account.secretNames('log-forwarder')).toEqual(ok(undefined));
    });
  });
}
