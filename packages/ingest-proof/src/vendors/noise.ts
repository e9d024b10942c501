import type { RecordKind } from '@innkeeper/shared/domain/ids';
import type { Delivery, Spoilt } from '../judge/ledger.ts';
import type { Dice } from '../time/dice.ts';
import type { Draft } from './thing.ts';

/** What becomes of webhooks between the vendor and us. */
export interface Noise {
  fateOf(draft: Draft): Pick<Delivery, 'spoilt' | 'isWithheld'> & {
    readonly delayMs: number;
    /** A second copy, so long after the first. */
    readonly copyAfterMs?: number;
  };
}

/** Per million. */
export const NOISE_RATES = { doubled: 100_000, reordered: 100_000, spoilt: 10_000, withheld: 5_000 } as const;

/** Kinds of which a change that no webhook tells is found by the gap check. */
export const HEALED_BY_GAP_CHECK: ReadonlySet<RecordKind> = new Set<RecordKind>([
  'reservation',
  'listing',
  'guest',
  'task',
  'guest-message',
  'call',
  'contact',
]);

/** Where nobody looks for gaps nothing is withheld, and nothing is spoilt for good. */
export function createNoise(dice: Dice, looksForGaps: boolean): Noise {
  const isHealed = ({ about, event }: Draft): boolean =>
    looksForGaps &&
    about !== undefined &&
    HEALED_BY_GAP_CHECK.has(about.thing.kind) &&
    !TOLD_BY_THEIR_EVENT_ALONE.has(event);

  const spoiltAs = (draft: Draft): Spoilt | undefined => {
    if (!dice.happens(NOISE_RATES.spoilt)) return undefined;
    return isHealed(draft) ? dice.pick(ALL_SPOILT) : dice.pick(SPOILT_ON_THE_WAY);
  };

  return {
    fateOf: draft => {
      const isWithheld = isHealed(draft) && dice.happens(NOISE_RATES.withheld);
      const isReordered = dice.happens(NOISE_RATES.reordered);
      // Half within seconds, half across minutes.
      const heldBackMs = dice.happens(500_000) ? dice.between(500, 10_000) : dice.between(10_000, 5 * 60_000);
      const isDoubled = dice.happens(NOISE_RATES.doubled);
      return {
        spoilt: isWithheld ? undefined : spoiltAs(draft),
        isWithheld,
        delayMs: dice.between(20, 400) + (isReordered ? heldBackMs : 0),
        ...(isDoubled ? { copyAfterMs: dice.between(1, dice.happens(500_000) ? 500 : 120_000) } : {}),
      };
    },
  };
}

/** What they tell stands in no list. */
const TOLD_BY_THEIR_EVENT_ALONE = new Set(['transcription.created', 'summary.created', 'calendar.updated.v2']);

const ALL_SPOILT = [
  'cut_on_the_way',
  'signature_of_another',
  'wrong_types',
  'cut_at_the_source',
  'nested_too_deep',
] as const;
const SPOILT_ON_THE_WAY = ['cut_on_the_way', 'signature_of_another'] as const;
