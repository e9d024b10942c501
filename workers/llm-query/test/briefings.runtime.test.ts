import path from 'node:path';
import { type RunningWorkers, startWorkers } from '@innkeeper/local-stack/workers-host/start-workers';
import { addDays, type TimeZone, wallClock } from '@innkeeper/shared/domain/local-time';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addRoom, roomMessages } from './support/chat.ts';
import { type Surroundings, startSurroundings } from './support/surroundings.ts';
import { booking, listing } from './support/world.ts';

/** A zone where it is about noon now, so that no run of this test meets a change of dates. */
const hoursToNoon = 12 - new Date().getUTCHours();
const zone = `Etc/GMT${hoursToNoon > 0 ? '-' : '+'}${Math.abs(hoursToNoon)}` as TimeZone;
const today = wallClock(zone, Date.now()).date;

let around: Surroundings;
let workers: RunningWorkers;
let environment: Record<string, string>;
const logged: string[] = [];

/** The Worker is there within minutes from now, and its first round looks back as far. */
const variables = (): Record<string, string> => {
  const morning = wallClock(zone, Date.now()).time;
  return {
    ...around.variables,
    ASSISTANT_BRIEFINGS: JSON.stringify([
      { room: '#front-desk', zone, morning, announce: true },
      { room: 'cleaners', zone, morning },
    ]),
  };
};

const start = async (): Promise<void> => {
  workers = await startWorkers({
    stateDirectory: path.join(around.stateDirectory, 'workers'),
    cronsOnDemandOnly: true,
    onWorkerLog: line => logged.push(line),
    workers: [{ directory: path.resolve(import.meta.dirname, '..'), variables: environment }],
  });
};
const cron = (): Promise<boolean> => workers.crons.run('llm-query', '* * * * *');

beforeAll(async () => {
  around = await startSurroundings({ rooms: { '#front-desk': 'full', cleaners: 'operations' } });
  const room = { v: 1, version: 1, deleted: false, type: 'c', teamMain: false, archived: false, directUserIds: [] };
  const from = today;
  const to = addDays(today, 1);
  await Promise.all([
    addRoom(around.chatUrl, 'desk-id', 'c'),
    addRoom(around.chatUrl, 'cleaners', 'c'),
    around.store([
      ['chatRooms/desk-id', { ...room, name: 'front-desk' }],
      ['chatRooms/cleaners', { ...room, name: 'cleaners' }],
    ]),
    around.put([
      listing('l-garden', 'Garden Studio', zone),
      booking('HMX1', { guest: 'Mia Larsen', home: 'l-garden', from, to }),
      booking('HMX2', { guest: 'Jon Berg', home: 'l-garden', from: to, to: addDays(to, 2) }),
    ]),
  ]);
  environment = variables();
  await start();
});
afterAll(async () => {
  await workers?.close();
  await around?.close();
});

test('crons that come twice, at once and after a restart brief each room once, within its scope', async () => {
  expect(await Promise.all([cron(), cron()])).toEqual([true, true]);
  const [first] = await roomMessages(around.chatUrl, 'desk-id');
  expect(first?.msg).toMatch(/^\*Morning briefing, /u);
  expect(first?.msg).toContain('Mia Larsen');
  const [cleaners] = await roomMessages(around.chatUrl, 'cleaners');
  expect(cleaners?.msg).toContain('Mia');
  expect(cleaners?.msg).not.toMatch(/Larsen|Berg|alls/u);

  await workers.close();
  await start();
  await cron();
  await cron();
  for (const id of ['desk-id', 'cleaners']) {
    expect(await roomMessages(around.chatUrl, id)).toHaveLength(1);
  }
  const troubles = logged.filter(line => /"(?:announcements|briefing)\.(?!posted)/u.test(line));
  expect(troubles).toEqual([]);
});
