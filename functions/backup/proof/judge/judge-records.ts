import { BackupRun, BackupSummary } from '@innkeeper/shared/contracts/backup/backup-run';
import * as z from 'zod';
import { alertPath } from '../../src/telling/raise-alert.ts';
import { OFFERS } from '../../src/testing/in-memory-servers.ts';
import type { World } from '../world.ts';
import { type Flaw, HOUR_MS } from './flaw.ts';

/** What is written down for people against what was: the cost of each server, which backup is the last
 * good one, and that chat was told of every alert in the end. */
export function judgeRecords(world: World): readonly Flaw[] {
  return [...judgeCosts(world), ...judgeSummary(world), ...judgeChat(world)];
}

function judgeCosts({ servers, store }: World): Flaw[] {
  return servers.history.flatMap(({ server, createdAtMs, deletedAtMs }) => {
    const run = BackupRun.safeParse(store.documents.get(`backups/${server.runId ?? ''}`)?.fields).data;
    if (run?.cost === undefined || run.server?.id !== server.id || deletedAtMs === undefined) return [];
    const price = OFFERS.find(
      ({ type, location }) => type === server.type && location === server.location,
    )?.hourlyPrice;
    // Never less than it was, and never more than until its deletion was noted.
    const hoursUntil = (atMs: number): number => Math.max(1, Math.ceil((atMs - createdAtMs) / HOUR_MS));
    const { startedHours } = run.cost;
    const notedAtMs = Date.parse(run.server.goneAt ?? '');
    const isRight = startedHours >= hoursUntil(deletedAtMs) && startedHours <= hoursUntil(notedAtMs);
    const amount = Number(price?.amount) * startedHours;
    if (isRight && Math.abs(Number(run.cost.amount) - amount) < 1e-9) return [];
    return [{ atMs: deletedAtMs, text: `${run.runId} is said to have cost ${JSON.stringify(run.cost)}` }];
  });
}

function judgeSummary({ chronicle, store, time }: World): Flaw[] {
  const summary = BackupSummary.safeParse(store.documents.get('backupStatus/summary')?.fields).data;
  const ends = [...chronicle.runs.values()].flatMap(({ runId, states }) => {
    const end = states.find(({ state }) => state === 'done');
    return end === undefined ? [] : [{ runId, atMs: end.atMs }];
  });
  const last = ends.toSorted((a, b) => a.atMs - b.atMs).at(-1);
  if (last === undefined || summary?.lastGood?.runId === last.runId) return [];
  return [
    { atMs: time.now(), text: `the last good run is ${last.runId}, the summary says ${summary?.lastGood?.runId}` },
  ];
}

function judgeChat({ chronicle, chat, store }: World): Flaw[] {
  const said = chat.messages.map(({ text }) => text).join('\n');
  const alerts = chronicle.signals.flatMap(({ channel, text, atMs }) =>
    channel === 'log' ? [{ ...AlertLine.parse(JSON.parse(text.slice(text.indexOf('{')))), atMs }] : [],
  );
  const byKey = Object.values(Object.groupBy(alerts, ({ key }) => key));
  return byKey.flatMap((same = []) => {
    const [first] = same;
    // Where its document could not be written, the log alone knows of it; that chat fails is not said in chat.
    const isForChat =
      first !== undefined && store.documents.has(alertPath(first.key)) && !first.key.startsWith('telling_failed-chat');
    const isSaid = same.some(({ sentence }) => said.includes(sentence));
    return isForChat && !isSaid ? [{ atMs: first.atMs, text: `chat was never told: ${first.sentence}` }] : [];
  });
}

const AlertLine = z.object({ key: z.string(), sentence: z.string() });
