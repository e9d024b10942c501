import type { Functions } from './functions.ts';
import { createVoice, type Speaker } from './runner-voice.ts';
import type { ServerFate } from './server-fate.ts';
import type { World } from './world.ts';

/** Somebody who has read the server's user data, or knows only its run's name, and tries what can be done with it. */
export interface Intruders {
  /** Uses the token with a key of their own. */
  steal(when: 'first' | 'later'): Promise<void>;
  /** Reports in the server's name, signed by another key. */
  forge(): Promise<void>;
}

/** An address that is not the server's. */
const ELSEWHERE = '198.51.100.66';

export function intruders(world: World, functions: Functions, speaker: Speaker, fate: ServerFate): Intruders {
  const { chronicle } = world;
  return {
    steal: async when => {
      const isTime = fate.thief?.when === when || (when === 'later' && fate.thief?.when === 'elsewhere');
      if (fate.thief === undefined || !isTime) return;
      chronicle.hit(fate.thief.fault);
      const caller = fate.thief.when === 'elsewhere' ? ELSEWHERE : speaker.caller;
      const thief = await createVoice(world, functions, { ...speaker, caller });
      await thief.begin(fate.runner);
    },
    forge: async () => {
      if (fate.forger === undefined) return;
      chronicle.hit(fate.forger.fault);
      const forger = await createVoice(world, functions, speaker);
      await forger.say({ kind: 'failed', step: 'dumping', reason: 'stopped', detail: 'forged' });
    },
  };
}
