import type { BackupStep } from '@innkeeper/shared/contracts/backup/steps';
import type { Voice } from './runner-voice.ts';
import type { Lie, ServerFate } from './server-fate.ts';
import type { World } from './world.ts';

/** Signed reports that no honest runner sends: a broken one, or somebody who has taken the server over. */
const WHEN: Readonly<Record<Lie, BackupStep>> = {
  percent_goes_back: 'dumping',
  step_out_of_order: 'dumping',
  end_without_work: 'backing_up',
  wrong_form: 'checking',
  number_left_out: 'backing_up',
};

/** Says it when its time has come, and answers whether the runner's life is over with it. */
export async function tellLie(
  { chronicle }: World,
  voice: Voice,
  step: BackupStep,
  { how, fault }: NonNullable<ServerFate['lies']>,
): Promise<boolean> {
  if (WHEN[how] !== step) return false;
  chronicle.hit(fault);
  const progress = { kind: 'progress', step, bytesDone: 1, bytesPerSecond: 1 } as const;
  switch (how) {
    case 'percent_goes_back':
      await voice.say({ ...progress, percent: 1 });
      return true;
    case 'step_out_of_order':
      await voice.say({ kind: 'step_finished', outcome: { step: 'checking' }, durationMs: 1 });
      return true;
    case 'end_without_work':
      await voice.say({ kind: 'finished', overheadMs: 1 });
      return true;
    case 'wrong_form':
      // A percentage that is none.
      await voice.say({ ...progress, percent: 1_000 });
      return true;
    case 'number_left_out':
      await voice.say({ ...progress, percent: 99 }, { sequence: 999 });
      return true;
  }
}
