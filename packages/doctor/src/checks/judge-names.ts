import { DAY_MS, describeSpan } from '../asking/age.ts';
import { APPLY } from '../asking/where-to-look.ts';
import type { DnsRecord } from '../ports/cloudflare-account.ts';
import type { PresentedCertificate } from '../ports/tls-endpoints.ts';
import { unwell, type Verdict, well } from '../report/finding.ts';

/** Names, certificates and what answers behind them. Pure. */

/** Cloudflare renews its certificates a month before their end: what comes closer is stuck. */
export const CERTIFICATE_MS_MIN = 21 * DAY_MS;
/** Too late to wait for a renewal by itself. */
export const CERTIFICATE_URGENT_MS_MIN = 7 * DAY_MS;
/** Half a year: below it browsers’ lists of hosts refuse a name; Terraform sets a year. */
export const STRICT_TRANSPORT_SECONDS_MIN = 15_768_000;

/** A name on the Swarm: one proxied A record for each node, and none for anybody else. */
export function judgeSwarmName(
  hostname: string,
  records: readonly DnsRecord[],
  addresses: ReadonlyMap<string, string>,
  nodes: readonly string[],
): Verdict {
  const own = records.filter(({ name }) => name === hostname);
  const wanted = nodes.map(node => ({ node, address: addresses.get(node) }));
  const gone = wanted.filter(({ address }) => address === undefined || address === '').map(({ node }) => node);
  if (gone.length > 0)
    return unwell(
      'now',
      `Hetzner knows no server with a public address: ${gone.join(', ')}`,
      'See in Hetzner’s console what became of it; ./dev deploy --env ENV --dry-run says what differs.',
    );
  const missing = wanted.filter(({ address }) => !own.some(({ type, content }) => type === 'A' && content === address));
  const foreign = own.filter(({ content }) => !wanted.some(({ address }) => address === content));
  const bare = own.filter(({ isProxied }) => !isProxied);
  const problems = [
    ...missing.map(({ node }) => `no record for ${node}`),
    ...foreign.map(({ type, content }) => `${type} ${content} is none of ours`),
    ...(bare.length === 0 ? [] : [`${bare.length} not proxied, so that the nodes’ addresses are public`]),
  ];
  if (problems.length === 0) return well(`${own.length} records, all proxied`);
  return unwell(foreign.length > 0 ? 'now' : 'today', problems.join(', '), APPLY);
}

/** A Worker’s name: the record that Cloudflare makes with the Worker’s domain. */
export function judgeWorkerName(hostname: string, records: readonly DnsRecord[]): Verdict {
  const own = records.filter(({ name }) => name === hostname);
  if (own.length === 0)
    return unwell(
      'now',
      'no record',
      'Deploy the Worker again, its domain makes the record: ./dev deploy --env ENV --only workers.',
    );
  return own.every(({ isProxied }) => isProxied)
    ? well(own.map(({ type }) => type).join(', '))
    : unwell(
        'now',
        'a record that goes past Cloudflare',
        'Remove that record: the Worker’s own is made with its domain.',
      );
}

export function judgeCertificate({ endsAt, problem }: PresentedCertificate, now: Date): Verdict {
  const leftMs = endsAt.getTime() - now.getTime();
  const nextStep = 'See Cloudflare’s SSL/TLS, Edge Certificates of the zone: it says what its renewal waits for.';
  if (problem !== undefined) return unwell('now', `clients refuse it: ${problem}`, nextStep);
  if (Number.isNaN(leftMs)) return unwell('today', 'has no end that can be read', nextStep);
  if (leftMs <= 0) return unwell('now', `ended ${describeSpan(-leftMs)} ago`, nextStep);
  const figure = `${describeSpan(leftMs)} left`;
  if (leftMs >= CERTIFICATE_MS_MIN) return well(figure);
  return unwell(
    leftMs < CERTIFICATE_URGENT_MS_MIN ? 'now' : 'this_week',
    `${figure}; it should have been renewed`,
    nextStep,
  );
}

/** What a client is answered over HTTPS, and whether it is told to come by HTTPS only. `look`: whether it runs. */
export function judgeAnswer(
  { status, headers }: { readonly status: number; readonly headers: Headers },
  look: string,
): Verdict {
  if (status !== 200) return unwell('now', `answers ${status}`, look);
  const header = headers.get('strict-transport-security') ?? '';
  const seconds = Number(/max-age=(\d{1,12})/iu.exec(header)?.[1] ?? 0);
  return seconds >= STRICT_TRANSPORT_SECONDS_MIN
    ? well(`200, HTTPS only for ${describeSpan(seconds * 1000)}`)
    : unwell('this_week', '200, but does not insist on HTTPS (Strict-Transport-Security)', APPLY);
}
