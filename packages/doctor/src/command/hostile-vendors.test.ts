import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandIn } from '@innkeeper/local-stack/stand-ins/stand-in-server';
import { err, ok } from '@innkeeper/shared/result/result';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GROUPS } from '../report/finding.ts';
import { DoctorReport } from '../report/report.ts';
import { copyProd } from '../testing/environment-folder.ts';
import { type HostileReply, hostileFetch, hostileReply } from '../testing/hostile-replies.ts';
import { performDoctor } from './perform-doctor.ts';

const root = mkdtempSync(join(tmpdir(), 'doctor-'));
const READS = /^POST .*(?::(?:runQuery|batchGet|runAggregationQuery)|\/points\/count|\/operate\/state)$/u;

/** Hetzner’s client has a connection of its own. */
let replies: readonly HostileReply[] = [];
let asked: string[] = [];
let hetzner: Awaited<ReturnType<typeof startStandIn>>;
beforeAll(async () => {
  copyProd(root);
  hetzner = await startStandIn({
    name: 'hostile',
    port: 0,
    answer: ({ method, url, headers }) => {
      asked.push(`${method} ${url.pathname}`);
      const reply = replies[asked.length % replies.length];
      return reply?.kind === 'answer' ? { status: reply.status, body: reply.body } : { status: 500, body: headers };
    },
  });
});
afterAll(async () => {
  await hetzner.close();
  rmSync(root, { recursive: true });
});

async function examine(environment: string) {
  const said = { out: '', err: '' };
  const code = await performDoctor(
    { environment, json: true, groups: GROUPS },
    {
      root,
      environment: {
        CLOUDFLARE_API_TOKEN: 'secret-1',
        HCLOUD_TOKEN: 'secret-2',
        HCLOUD_ENDPOINT: `${hetzner.url}/v1`,
        QDRANT_URL: 'https://qdrant.example.com',
        QDRANT_API_KEY: 'secret-3',
        OPERATOR_TOKEN: 'secret-4',
        ROCKETCHAT_ADMIN_USER_ID: 'ada',
        ROCKETCHAT_ADMIN_AUTH_TOKEN: 'secret-5',
        ROCKETCHAT_WEBHOOK_TOKEN: 'secret-6',
        AIRCALL_API_ID: 'aircall',
        AIRCALL_API_TOKEN: 'secret-7',
      },
      fetch: hostileFetch(replies, line => asked.push(line)),
      tls: {
        certificate: async () =>
          asked.length % 2 === 0
            ? ok({ endsAt: new Date(Number.NaN) })
            : err({ kind: 'unreachable', detail: 'takes no TLS connection (ECONNRESET)' }),
      },
      google: { headers: async () => ok({ headers: { authorization: 'Bearer secret-8' } }) },
      now: () => new Date('2026-11-22T06:00:00Z'),
      pause: async () => undefined,
      // Time passes when everybody else had their turn.
      alarm: () => new Promise(resolve => setTimeout(resolve, 30)),
      out: { write: text => (said.out += text) },
      err: { write: text => (said.err += text) },
    },
  );
  return { code, ...said };
}

test('whatever vendors answer: a sentence for every check, nothing written, no secret said', async () => {
  let ids: readonly string[] | undefined;
  await fc.assert(
    fc.asyncProperty(fc.array(hostileReply, { minLength: 1, maxLength: 12 }), async generated => {
      replies = generated;
      asked = [];
      const { code, out, err: error } = await examine('prod');
      const report = DoctorReport.parse(JSON.parse(out));
      ids ??= report.findings.map(({ id }) => id);
      expect(report.findings.map(({ id }) => id)).toEqual(ids);
      const mute = report.findings.filter(
        ({ verdict, figure, nextStep = '' }) =>
          !/\S{2}/u.test(figure) ||
          figure.includes('the check itself failed') ||
          (verdict === 'unwell' && !/\w{3}/u.test(nextStep)),
      );
      expect(mute).toEqual([]);
      expect(asked.filter(line => !line.startsWith('GET ') && !READS.test(line))).toEqual([]);
      expect(`${out}${error}`).not.toMatch(/secret-\d/u);
      expect([0, 1, 2]).toContain(code);
    }),
    { numRuns: 20 },
  );
});
