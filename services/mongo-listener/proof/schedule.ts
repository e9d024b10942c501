import { type Dice, rollDice } from '@innkeeper/local-stack/demo/world/dice';
import type { PublishFault } from './downstream.ts';
import type { StoreFault } from './unreliable-store.ts';

/** What happens to one listener and its neighbours, one thing after the other; the listener works meanwhile. Pure. */
export type Step =
  | { readonly kind: 'write'; readonly writes: number }
  /** Waits until everything written so far is handed on and noted, and then a moment in which nothing happens. */
  | { readonly kind: 'rest' }
  /** Dies at once; another starts at once. */
  | { readonly kind: 'kill' }
  /** Dies later, between two of its steps: `Life.killIn`. */
  | { readonly kind: 'kill_in'; readonly moments: number }
  /** Told to stop; another starts once it has. */
  | { readonly kind: 'restart' }
  /** Another one starts beside it, and takes over when it ends. */
  | { readonly kind: 'second_copy' }
  | { readonly kind: 'publish_faults'; readonly faults: readonly PublishFault[] }
  | { readonly kind: 'store_faults'; readonly faults: readonly StoreFault[] }
  | { readonly kind: 'messages_lost'; readonly how: 'drop' | 'rename'; readonly restAfterwards: boolean }
  | ServerStep;

/** Only a server that can be told to can do these. */
export type ServerStep =
  /** All connections end. */
  | { readonly kind: 'cut' }
  /** The primary steps down, and up again after a moment. */
  | { readonly kind: 'election' }
  /** While the listener is dead, this much is written; then the oplog begins behind it. */
  | { readonly kind: 'history_lost'; readonly writes: number }
  /** The change stream fails with a code of MongoDB's. */
  | { readonly kind: 'stream_fails'; readonly code: number }
  /** The change stream goes on, but its answers get lost. */
  | { readonly kind: 'answers_lost'; readonly times: number }
  /** Answers take their time. */
  | { readonly kind: 'slow' };

export interface Schedule {
  readonly seed: number;
  /** Written before the listener starts for the first time. */
  readonly before: number;
  readonly steps: readonly Step[];
}

export function planSchedule(seed: number, server: 'obedient' | 'real'): Schedule {
  const dice = rollDice(seed);
  const likely = server === 'obedient' ? [...ANYWHERE, ...OBEDIENT] : ANYWHERE;
  const steps = Array.from({ length: dice.between(STEPS_MIN, STEPS_MAX) }, () =>
    dice.pick(likely as [StepMaker, ...StepMaker[]])(dice),
  );
  return { seed, before: dice.between(0, 20), steps };
}

/** Long enough for three or four troubles to meet; short enough for hundreds of schedules. */
const STEPS_MIN = 6;
const STEPS_MAX = 16;

type StepMaker = (dice: Dice) => Step;

const write: StepMaker = dice => ({ kind: 'write', writes: dice.between(1, 12) });
const kill: StepMaker = () => ({ kind: 'kill' });
/** A short run makes some twenty calls of its ports. */
const killIn: StepMaker = dice => ({ kind: 'kill_in', moments: dice.between(1, 20) });
const secondCopy: StepMaker = () => ({ kind: 'second_copy' });
const restart: StepMaker = () => ({ kind: 'restart' });
const rest: StepMaker = () => ({ kind: 'rest' });
const publishFaults: StepMaker = dice => ({
  kind: 'publish_faults',
  faults: Array.from({ length: dice.between(1, 4) }, () => dice.pick(['refused', 'answer_lost', 'part', 'late'])),
});
const storeFaults: StepMaker = dice => ({
  kind: 'store_faults',
  faults: Array.from({ length: dice.between(1, 3) }, () => dice.pick(['refused', 'answer_lost'])),
});
const messagesLost: StepMaker = dice => ({
  kind: 'messages_lost',
  how: dice.pick(['drop', 'rename']),
  restAfterwards: dice.chance(40),
});

/** As often as they are named. */
const ANYWHERE: readonly StepMaker[] = [
  ...[write, write, write, write, write, write],
  ...[killIn, killIn, kill, restart, secondCopy],
  ...[publishFaults, publishFaults, storeFaults, storeFaults],
  messagesLost,
  rest,
];
const OBEDIENT: readonly StepMaker[] = [
  () => ({ kind: 'cut' }),
  () => ({ kind: 'election' }),
  dice => ({ kind: 'history_lost', writes: dice.between(0, 10) }),
  dice => ({ kind: 'stream_fails', code: dice.pick(PASSING_CODES) }),
  dice => ({ kind: 'stream_fails', code: dice.pick(HEALING_CODES) }),
  dice => ({ kind: 'answers_lost', times: dice.between(1, 3) }),
  () => ({ kind: 'slow' }),
];

/** CursorNotFound, ShutdownInProgress, NotWritablePrimary, InterruptedDueToReplStateChange, and one nobody knows. */
const PASSING_CODES = [43, 91, 10_107, 11_602, 999_999] as const;
/** CappedPositionLost, ChangeStreamHistoryLost, InvalidResumeToken. */
export const HEALING_CODES = [136, 286, 260] as const;
