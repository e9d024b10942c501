import { describe, expect, test } from 'vitest';
import { type GuestyWorker, RETIRED_SECRET, SECRET, sign } from './start-guesty-worker.ts';

/** Who may deliver, seen from outside: 200 and kept, or 401 and nothing. */
export function describeSignatures(worker: () => GuestyWorker): void {
  const body = '{"event":"guest-folio.updated","data":{"folioId":"signed"}}';
  const wrong = `v1,${btoa('x'.repeat(32))}`;
  const strangers = `whsec_${btoa('the key of a stranger')}`;
  const minutesAgo = (minutes: number): number => Date.now() - minutes * 60_000;
  const send = (headers: Record<string, string>, text = body): Promise<Response> =>
    fetch(`${worker().url}/webhooks/guesty`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: text,
    });
  const unbranded = (headers: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.replace('svix-', 'webhook-'), value]));
  const without = (name: string, headers: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(headers).filter(([header]) => header !== name));
  const kept = async (id: string): Promise<boolean> => {
    const found = await worker().store.getAll([`events/${id}`]);
    return found.ok && found.value[0] !== undefined;
  };

  type Case = readonly [what: string, headers: (id: string) => Record<string, string>];
  const accepted: readonly Case[] = [
    ['the secret that is live', id => sign(body, id)],
    ['the secret before it, still listed', id => sign(body, id, RETIRED_SECRET)],
    ['four minutes ago', id => sign(body, id, SECRET, minutesAgo(4))],
    ['four minutes ahead', id => sign(body, id, SECRET, minutesAgo(-4))],
    ['unbranded header names', id => unbranded(sign(body, id))],
    [
      'two signatures, the second right',
      id => {
        const signed = sign(body, id);
        return { ...signed, 'svix-signature': `${wrong} ${signed['svix-signature']}` };
      },
    ],
    [
      'two signatures, one by each of two live secrets',
      id => {
        const [first, second] = [sign(body, id, RETIRED_SECRET), sign(body, id)];
        return { ...second, 'svix-signature': `${first['svix-signature']} ${second['svix-signature']}` };
      },
    ],
  ];
  const refused: readonly Case[] = [
    ['a stranger’s secret', id => sign(body, id, strangers)],
    ['six minutes ago', id => sign(body, id, SECRET, minutesAgo(6))],
    ['six minutes ahead', id => sign(body, id, SECRET, minutesAgo(-6))],
    ['another body', id => sign(`${body} `, id)],
    ['another id', id => ({ ...sign(body, 'msg_other'), 'svix-id': id })],
    ['no id', id => without('svix-id', sign(body, id))],
    ['no timestamp', id => without('svix-timestamp', sign(body, id))],
    ['no signature', id => without('svix-signature', sign(body, id))],
    ['an empty signature', id => ({ ...sign(body, id), 'svix-signature': '' })],
    ['no base64', id => ({ ...sign(body, id), 'svix-signature': 'v1,%%%' })],
    [
      'another version',
      id => {
        const signed = sign(body, id);
        return { ...signed, 'svix-signature': String(signed['svix-signature']).replace('v1,', 'v2,') };
      },
    ],
    ['a timestamp in milliseconds', id => ({ ...sign(body, id), 'svix-timestamp': String(Date.now()) })],
    ['nothing at all', () => ({})],
  ];

  describe('signatures', () => {
    test('what is signed as agreed is kept', async () => {
      const answers = await Promise.all(accepted.map(([, headers], index) => send(headers(`msg_signed_${index}`))));
      expect(answers.map(({ status }, index) => [accepted[index]?.[0], status])).toEqual(
        accepted.map(([what]) => [what, 200]),
      );
      await worker().quiet();
      expect(await Promise.all(accepted.map((_case, index) => kept(`msg_signed_${index}`)))).not.toContain(false);
    });

    test('what is not is refused alike, and leaves nothing', async () => {
      const answers = await Promise.all(refused.map(([, headers], index) => send(headers(`msg_forged_${index}`))));
      expect(answers.map(({ status }, index) => [refused[index]?.[0], status])).toEqual(
        refused.map(([what]) => [what, 401]),
      );
      const texts = await Promise.all(answers.map(answer => answer.text()));
      expect(new Set(texts)).toEqual(new Set(['{"error":"unauthorised"}']));
      await worker().quiet();
      expect(await Promise.all(refused.map((_case, index) => kept(`msg_forged_${index}`)))).not.toContain(true);
    });

    test('an address with a query is the same address', async () => {
      const answer = await fetch(`${worker().url}/webhooks/guesty?subscription=7f3a`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...sign(body, 'msg_query') },
        body,
      });
      expect(answer.status).toBe(200);
    });
  });
}
