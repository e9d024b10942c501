import { setTimeout as pause } from 'node:timers/promises';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { type AuditEntry, beginAudited, mintActId } from '../audit/audit-log.ts';
import type { CommandContext, ExitCode } from '../command-line/run-command.ts';
import { ChatTopicConfig, FirestoreConfig, WorkersConfig } from '../config.ts';
import { type Stores, withStores } from '../connect/connect-stores.ts';
import { connectWorkers } from '../connect/connect-workers.ts';
import { progressScreen } from '../terminal/progress-screen.ts';
import { awaitSettled, type Fate } from './await-settled.ts';
import { pubsubChatTopic } from './chat-topic.ts';
import { describeFound, describeReplayed, foundAsJson, type Replayed, replayedAsJson } from './describe-replay.ts';
import { type Found, findTargets } from './find-targets.ts';
import type { Choice, ReplayOrder } from './read-replay-order.ts';
import { startProgress } from './replay-progress.ts';
import { type SendPorts, sendTargets } from './send-targets.ts';

/** `pnpm replay`: looks what is chosen and, with `--yes`, sends it and waits for what becomes of it. I/O: Firestore, the Workers, Pub/Sub. */
export function performReplay(order: ReplayOrder, context: CommandContext): Promise<ExitCode> {
  const config = parseConfig('replay', FirestoreConfig, context.environment);
  const sending = order.yes ? parseSending(context) : undefined;
  return withStores(config, async stores => {
    const found = await findTargets(stores.business, order.choice, context.interrupted);
    if (!found.ok) {
      context.err.write(`${found.error}\n`);
      return 1;
    }
    if (sending === undefined || found.value.targets.length === 0) return tellFound(found.value, order, context);
    const chat = pubsubChatTopic(config.GOOGLE_CLOUD_PROJECT, sending.topic);
    try {
      const ports: SendPorts = { workers: sending.workers, business: stores.business, chat, now: () => new Date() };
      return await replayAudited(found.value, order, stores, ports, context);
    } finally {
      await chat.close();
    }
  });
}

function parseSending({ environment }: CommandContext) {
  return {
    workers: connectWorkers(parseConfig('replay', WorkersConfig, environment)),
    topic: parseConfig('replay', ChatTopicConfig, environment).CHAT_TOPIC_BACKFILL,
  };
}

function tellFound(found: Found, { json, yes }: ReplayOrder, { out }: CommandContext): ExitCode {
  out.write(`${json ? foundAsJson(found) : describeFound(found)}\n`);
  if (!json && !yes && found.targets.length > 0) out.write('Nothing was sent: this was a dry run. --yes sends them.\n');
  return 0;
}

async function replayAudited(
  found: Found,
  order: ReplayOrder,
  { ops }: Stores,
  ports: SendPorts,
  context: CommandContext,
): Promise<ExitCode> {
  const replayId = mintActId(ports.now());
  const entry: AuditEntry = {
    command: 'replay',
    id: replayId,
    by: order.as ?? context.user,
    order: { ...factsOf(order.choice), things: found.targets.length },
  };
  const begun = await beginAudited(ops, entry, ports.now);
  if (!begun.ok) {
    context.err.write(`${begun.error}\n`);
    return 1;
  }
  const replayed = await replayAll(replayId, found, order, ports, context);
  const figures = countFates(replayed);
  const isWhole = figures.settled === found.targets.length;
  const ended = await begun.value.end(isWhole ? 'done' : 'failed', figures);
  if (!ended.ok) context.err.write(`${ended.error}\n`);
  context.out.write(`${order.json ? replayedAsJson(replayed) : describeReplayed(replayed)}\n`);
  return isWhole ? 0 : 1;
}

async function replayAll(
  replayId: string,
  { targets }: Found,
  order: ReplayOrder,
  ports: SendPorts,
  { err, interrupted }: CommandContext,
): Promise<Replayed> {
  const screen = progressScreen(err, 'replay.progressed');
  const clock = (): number => performance.now();
  const sending = startProgress(screen, 'sent', targets.length, clock);
  const sent = await sendTargets(ports, replayId, targets, { interrupted, sent: sending.advance });
  screen.end();
  const awaited = [...sent.values()].filter(({ kind }) => kind === 'sent').length;
  const settling = startProgress(screen, 'settled', awaited, clock);
  const fates = await awaitSettled(
    {
      store: ports.business,
      waitMs: order.waitMs,
      pause: ms => pause(ms, undefined, { signal: interrupted }).catch(() => undefined), // interrupted: the loop asks
      clock,
      interrupted,
      settled: settling.reach,
    },
    sent,
  );
  screen.end();
  return { replayId, sent, fates };
}

const factsOf = ({ parked, ids, ...choice }: Choice): AuditEntry['order'] => ({
  ...choice,
  ...(parked === undefined ? {} : { parked: parked.reason ?? true }),
  ...(ids === undefined ? {} : { ids: ids.length }),
});

function countFates({ sent, fates }: Replayed) {
  const count = (kind: Fate['kind']): number => [...fates.values()].filter(fate => fate.kind === kind).length;
  return {
    settled: count('settled'),
    parkedAgain: count('parked_again'),
    underWay: count('under_way'),
    notSent: [...sent.values()].filter(({ kind }) => kind === 'not_sent').length,
  };
}
