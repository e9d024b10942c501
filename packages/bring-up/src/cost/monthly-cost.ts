import type { TerraformValues } from '@innkeeper/deployment/environment/environment-values';
import { costMicroUsd } from '@innkeeper/shared/adapters/groq/groq-prices';
import type { MonthlyUsage } from './monthly-usage.ts';
import {
  CLOUDFLARE,
  CLOUDFLARE_ZONE_MONTH,
  GOOGLE,
  HETZNER_DISK_BACKUP_SHARE,
  HETZNER_IPV4_MONTH,
  HETZNER_MONTH_HOURS,
  HETZNER_SERVER_MONTH,
  HETZNER_SNAPSHOT_GB_MONTH,
  type Price,
} from './price-list.ts';

export interface CostLine {
  readonly vendor: 'Hetzner' | 'Cloudflare' | 'Google' | 'Qdrant' | 'Groq';
  readonly what: string;
  /** A month's; undefined where the price is not known here. */
  readonly amount: number | undefined;
  readonly currency: 'EUR' | 'USD';
  /** Where the figure comes from, or where a person finds it. */
  readonly basis: string;
}

/** Warm instances and secrets (ids by variable) by function, of `functions/manifest.json`. */
export type Functions = Readonly<
  Record<
    string,
    {
      readonly minInstances: number;
      readonly memory: string;
      readonly cpu: number;
      readonly secrets: Readonly<Record<string, string>>;
    }
  >
>;

const SECONDS_PER_MONTH = 30.4 * 86_400;
const SNAPSHOT_GB = 3;
/** `GROQ_MODEL` unless it is set. */
const DEFAULT_MODEL = 'openai/gpt-oss-120b';

/** A month of an environment, from the values that Terraform applies. Net, in each vendor's own currency. */
export function monthlyCost(
  values: Pick<TerraformValues, 'hetzner' | 'cloudflare' | 'google' | 'qdrant' | 'backup' | 'other_secrets'>,
  functions: Functions,
  usage: MonthlyUsage,
  model = DEFAULT_MODEL,
): readonly CostLine[] {
  return [
    ...hetzner(values, usage),
    ...cloudflare(values, usage),
    ...google(values, functions, usage),
    qdrant(values),
    groq(usage, model),
  ];
}

function hetzner({ hetzner: servers, backup }: Pick<TerraformValues, 'hetzner' | 'backup'>, usage: MonthlyUsage) {
  const count = Object.keys(servers.nodes).length;
  const node = HETZNER_SERVER_MONTH.get(servers.server_type);
  const [first] = backup.servers;
  const nightly = HETZNER_SERVER_MONTH.get(first?.type ?? '');
  const share = servers.disk_backups ? 1 + HETZNER_DISK_BACKUP_SHARE : 1;
  return [
    line(
      'Hetzner',
      `${count} × ${servers.server_type}${servers.disk_backups ? ' with disk backups' : ''}`,
      node,
      count * share,
    ),
    line('Hetzner', `${count} public IPv4 addresses`, HETZNER_IPV4_MONTH, count),
    line(
      'Hetzner',
      `${usage.backupHours} nights of ${first?.type ?? 'no server'}`,
      nightly,
      usage.backupHours / HETZNER_MONTH_HOURS,
    ),
    line('Hetzner', 'snapshot of the backup server', HETZNER_SNAPSHOT_GB_MONTH, SNAPSHOT_GB),
  ];
}

function cloudflare({ cloudflare: account }: Pick<TerraformValues, 'cloudflare'>, usage: MonthlyUsage) {
  const neurons = (usage.embeddedTokens / 1e6) * CLOUDFLARE.neuronsPerMillionTokens;
  const zone = account.plan === 'enterprise' ? undefined : CLOUDFLARE_ZONE_MONTH[account.plan];
  const beyond = (used: number, included: number): number => Math.max(0, used - included) / 1e6;
  return [
    line('Cloudflare', `zone, plan ${account.plan}`, zone, 1),
    line('Cloudflare', 'Workers, paid plan (one for all environments of an account)', CLOUDFLARE.workersPlanMonth, 1),
    line(
      'Cloudflare',
      `${millions(usage.workerRequests)} requests to Workers`,
      CLOUDFLARE.workerRequestsMillion,
      beyond(usage.workerRequests, CLOUDFLARE.workerRequestsIncluded),
    ),
    line(
      'Cloudflare',
      `${millions(usage.queueOperations)} operations of queues`,
      CLOUDFLARE.queueOperationsMillion,
      beyond(usage.queueOperations, CLOUDFLARE.queueOperationsIncluded),
    ),
    line(
      'Cloudflare',
      `${millions(usage.durableRequests)} requests to Durable Objects`,
      CLOUDFLARE.durableRequestsMillion,
      beyond(usage.durableRequests, CLOUDFLARE.durableRequestsIncluded),
    ),
    line(
      'Cloudflare',
      `${usage.backupGigabytes.toFixed(0)} GB of backups`,
      CLOUDFLARE.r2GigabyteMonth,
      Math.max(0, usage.backupGigabytes - CLOUDFLARE.r2GigabytesIncluded),
    ),
    line(
      'Cloudflare',
      `${millions(usage.embeddedTokens)} tokens embedded`,
      CLOUDFLARE.neuronsThousand,
      Math.max(0, neurons - CLOUDFLARE.neuronsIncludedPerDay * 30.4) / 1_000,
    ),
  ];
}

function google(
  { google: project, other_secrets: secrets }: Pick<TerraformValues, 'google' | 'other_secrets'>,
  functions: Functions,
  usage: MonthlyUsage,
) {
  const warm = Object.values(functions).map(each => ({
    instances: Math.min(each.minInstances, project.min_instances_cap),
    vcpu: each.cpu,
    gibibytes: Number.parseFloat(each.memory) / 1_024,
  }));
  const sum = (count: (one: (typeof warm)[number]) => number): number => warm.reduce((all, one) => all + count(one), 0);
  const instances = sum(one => one.instances);
  const ids = new Set([...secrets, ...Object.values(functions).flatMap(each => Object.values(each.secrets))]);
  return [
    line(
      'Google',
      `${millions(usage.firestoreReads)} reads of documents`,
      GOOGLE.firestoreReads100k,
      usage.firestoreReads / 1e5,
    ),
    line(
      'Google',
      `${millions(usage.firestoreWrites)} writes`,
      GOOGLE.firestoreWrites100k,
      usage.firestoreWrites / 1e5,
    ),
    line(
      'Google',
      `${millions(usage.firestoreDeletes)} deletions`,
      GOOGLE.firestoreDeletes100k,
      usage.firestoreDeletes / 1e5,
    ),
    line(
      'Google',
      `${usage.firestoreGigabytes.toFixed(1)} GB of documents`,
      GOOGLE.firestoreGigabyteMonth,
      usage.firestoreGigabytes,
    ),
    line(
      'Google',
      `${instances} warm instances: processors`,
      GOOGLE.idleVcpuSecond,
      sum(one => one.instances * one.vcpu) * SECONDS_PER_MONTH,
    ),
    line(
      'Google',
      `${instances} warm instances: memory`,
      GOOGLE.idleGibibyteSecond,
      sum(one => one.instances * one.gibibytes) * SECONDS_PER_MONTH,
    ),
    line('Google', `${usage.functionSeconds} s of functions: processors`, GOOGLE.busyVcpuSecond, usage.functionSeconds),
    line(
      'Google',
      `${usage.functionSeconds} s of functions: memory`,
      GOOGLE.busyGibibyteSecond,
      usage.functionSeconds / 2,
    ),
    line(
      'Google',
      'chat over Pub/Sub',
      GOOGLE.pubsubTebibyte,
      Math.max(0, usage.chatGibibytes - GOOGLE.pubsubGibibytesIncluded) / 1_024,
    ),
    line(
      'Google',
      `${usage.logGibibytes.toFixed(1)} GiB of logs`,
      GOOGLE.loggingGibibyte,
      Math.max(0, usage.logGibibytes - GOOGLE.loggingGibibytesIncluded),
    ),
    line('Google', 'key of sops', GOOGLE.kmsKeyMonth, 1),
    line(
      'Google',
      `${ids.size} secrets, one version of each`,
      GOOGLE.secretVersionMonth,
      Math.max(0, ids.size - GOOGLE.secretVersionsIncluded),
    ),
  ];
}

/** Packages have no public price list: the account's own is asked by a person, before the first apply. */
function qdrant({ qdrant: cluster }: Pick<TerraformValues, 'qdrant'>): CostLine {
  const what = `${cluster.nodes} × package ${cluster.package_id.slice(0, 8)}…`;
  const basis = 'GET /booking/v1/packages of Qdrant Cloud lists the price of the package';
  return { vendor: 'Qdrant', what, amount: undefined, currency: 'USD', basis };
}

function groq(usage: MonthlyUsage, model: string): CostLine {
  const micro = costMicroUsd(model, {
    tokensIn: usage.modelTokensIn,
    tokensCached: 0,
    tokensOut: usage.modelTokensOut,
  });
  const what = `${millions(usage.modelTokensIn + usage.modelTokensOut)} tokens of ${model}`;
  const amount = micro === undefined ? undefined : micro / 1e6;
  return { vendor: 'Groq', what, amount, currency: 'USD', basis: 'list quoted 2026-09-05' };
}

function line(vendor: CostLine['vendor'], what: string, price: Price | undefined, quantity: number): CostLine {
  if (price === undefined) return { vendor, what, amount: undefined, currency: 'EUR', basis: 'no price known here' };
  const basis = price.readAt === undefined ? 'from memory, not read again' : `list read ${price.readAt}`;
  return { vendor, what, amount: price.amount * quantity, currency: price.currency, basis };
}

const millions = (count: number): string => (count < 1e5 ? `${count}` : `${(count / 1e6).toFixed(1)} million`);
