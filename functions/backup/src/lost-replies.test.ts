import { isDeepStrictEqual } from 'node:util';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { describe, expect, test } from 'vitest';
import { exchange } from './exchange/exchange.ts';
import { launch } from './launch/launch.ts';
import { report } from './report/report.ts';
import { sweep } from './sweep/sweep.ts';
import { type BackupRig, backupRig } from './testing/backup-rig.ts';
import { goodReports, type Post, type ScriptedRunner } from './testing/scripted-runner.ts';

/**
 * One night again and again, each time with one call of Firestore or the cloud going wrong: not carried out, carried
 * out without an answer, or its caller killed after it.
 */
const RUN = '2026-11-21';
const MINUTE_MS = 60_000;

interface Strike {
  /** Which moment of the night: each call has one before it is carried out and one after. */
  readonly moment: number;
  readonly how: 'unavailable' | 'killed';
}

interface PlayedNight {
  readonly rig: BackupRig;
  readonly moments: number;
}

async function playNight(strike?: Strike): Promise<PlayedNight> {
  let moments = 0;
  let isOn = false;
  let die = (): void => undefined;
  const fault = ({ phase }: { readonly phase: string }) => {
    if (!isOn || phase === 'decided') return undefined;
    moments += 1;
    if (moments - 1 !== strike?.moment) return undefined;
    if (strike.how === 'unavailable') return { kind: 'unavailable', detail: 'no answer' } as const;
    die();
    return new Promise<never>(() => {});
  };
  let nowMs = Date.parse('2026-11-21T02:25:00.000Z');
  const rig = backupRig({
    now: new Date(nowMs).toISOString(),
    store: inMemoryDocumentStore({ now: () => nowMs, fault }),
    cloud: { fault },
  });
  /** A call whose process may be killed: then nobody hears of it any more. */
  const call = <T>(work: Promise<T>): Promise<T | undefined> =>
    Promise.race([
      work,
      new Promise<undefined>(resolve => {
        die = () => resolve(undefined);
      }),
    ]);

  await sweep(rig);
  isOn = true;
  const words = goodReports(['daily']).filter(({ kind }) => kind !== 'progress');
  let word: Post | undefined;
  /** The same word until it is answered, then the next one. */
  const sayAll = async (runner: ScriptedRunner): Promise<void> => {
    for (let next = words[0]; next !== undefined; next = words[0]) {
      word ??= await runner.report(next);
      const heard = await call(report(rig, word));
      if (heard?.ok !== true) return;
      words.shift();
      word = undefined;
    }
  };
  const begin = async (runner: ScriptedRunner): Promise<boolean> =>
    (await call(exchange(rig, { ...runner.begin(), caller: rig.newestAddress() })))?.ok === true;

  let runner: ScriptedRunner | undefined;
  let isBegun = false;
  let lastMinute: number | undefined;
  for (let minute = 0; minute < 60; minute += 1) {
    if (minute === 5) await call(launch(rig, { kind: 'schedule' }));
    if (minute % 5 === 0) await call(sweep(rig));
    if (rig.servers.alive().length > 0) {
      runner ??= await rig.newestRunner();
      isBegun ||= await begin(runner);
      if (isBegun) await sayAll(runner);
    }
    nowMs += MINUTE_MS;
    rig.pass(MINUTE_MS);
    // The last word is said; one more sweep tidies up what it may have left.
    if (words.length === 0 && minute % 5 === 0 && (lastMinute ??= minute) < minute) break;
  }
  return { rig, moments };
}

describe('whatever one call does', () => {
  test('the night is done, by one server, which is gone, and everybody has been told', async () => {
    const { moments } = await playNight();
    expect(moments).toBeGreaterThan(100);
    const strikes = Array.from({ length: moments }, (_, moment) => moment).flatMap((moment): Strike[] => [
      { moment, how: 'unavailable' },
      // Killed before a call is killed after the one before it.
      ...(moment % 2 === 1 ? [{ moment, how: 'killed' } as const] : []),
    ]);
    const nights = await Promise.all(
      strikes.map(async strike => {
        const { rig } = await playNight(strike);
        const { state, told } = await rig.runOf(RUN);
        const { history } = rig.servers;
        return {
          strike,
          state,
          told: Object.keys(told).length,
          servers: history.length,
          alive: rig.servers.alive().length,
        };
      }),
    );
    const good = { state: 'done', told: 4, servers: 1, alive: 0 };
    expect(nights.filter(({ strike: _strike, ...outcome }) => !isDeepStrictEqual(outcome, good))).toEqual([]);
  }, 30_000);
});
