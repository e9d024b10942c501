import { setTimeout as delay } from 'node:timers/promises';
import { ok } from '@innkeeper/shared/result/result';
import { type DoctorContext, performDoctor } from '../../src/command/perform-doctor.ts';
import { readDoctorOrder } from '../../src/command/read-doctor-order.ts';
import type { GoogleCredential } from '../../src/ports/google-credential.ts';
import { DoctorReport } from '../../src/report/report.ts';
import type { House } from './house.ts';

/** The command on a house: its words, and what it said. */
export async function askDoctor(
  house: House,
  words: readonly string[],
  changed: Partial<DoctorContext> = {},
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const asked = readDoctorOrder(['--env', 'prod', ...words]);
  if (!asked.ok || asked.value.kind !== 'order') throw new Error('not an order');
  const said = { out: '', err: '' };
  const google: GoogleCredential = {
    headers: async () => ok({ headers: { authorization: `Bearer ${house.googleToken}` } }),
  };
  const code = await performDoctor(asked.value.order, {
    root: house.root,
    environment: house.environment,
    fetch: house.network.fetch,
    tls: house.tls,
    google,
    now: () => house.now,
    pause: delay,
    alarm: (ms, signal) => delay(ms, undefined, { signal }),
    out: { write: (text: string) => (said.out += text) },
    err: { write: (text: string) => (said.err += text) },
    ...changed,
  });
  return { code, ...said };
}

export async function reportOf(house: House, words: readonly string[] = [], changed: Partial<DoctorContext> = {}) {
  const { out, code } = await askDoctor(house, ['--json', ...words], changed);
  return { code, report: DoctorReport.parse(JSON.parse(out)) };
}
