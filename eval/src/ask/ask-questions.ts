import { rollDice } from '@innkeeper/local-stack/demo/world/dice';
import { NOW_MS } from '../world/make-world.ts';
import type { World } from '../world/world.ts';
import { type Asked, LANGUAGES } from './asked.ts';
import { CLASSES } from './classes.ts';
import { hashOf } from './hash-of.ts';
import { heldBackOf } from './held-back.ts';
import type { QuestionClass } from './scene.ts';

/** Every question of a world, with its truth: each sentence filled as often as its class says. Pure. */
const MOMENTS: readonly number[] = [
  NOW_MS,
  NOW_MS,
  // Half past midnight in Lisbon and half past one in Berlin of the night Europe sets its clocks back; still
  // Saturday in New York.
  Date.parse('2026-10-24T23:30:00Z'),
  // The Sunday after it.
  Date.parse('2026-10-25T12:00:00Z'),
  // The Saturday before New York's clocks go back; already Sunday in Tokyo.
  Date.parse('2026-10-31T22:00:00Z'),
];

export function askQuestions(world: World): Asked[] {
  // What is held back is decided over a class and language as a whole, however many ways of filling it has.
  const heldBack = new Set(
    [
      ...Map.groupBy(CLASSES.flatMap(sentencesOf), ({ className, language }) => `${className} ${language}`).values(),
    ].flatMap(sentences => [...heldBackOf(sentences.map(({ phrasing }) => phrasing))]),
  );
  return CLASSES.flatMap(questionClass =>
    sentencesOf(questionClass).flatMap(({ className, language, text, phrasing }) =>
      Array.from({ length: questionClass.times }, (_, time): Asked[] => {
        const dice = rollDice(hashOf(`${world.seed} ${phrasing} ${time}`));
        const atMs = questionClass.isOfNow ? NOW_MS : dice.pick(MOMENTS);
        const filled = questionClass.fillGaps({ world, atMs, language, dice });
        if (filled === undefined) return [];
        const { gaps, truth, before = [], roomId = 'roomFrontDesk', askerId = 'frida', scope = 'full' } = filled;
        return [
          {
            id: hashOf(`${phrasing} ${time}`).toString(36),
            phrasing,
            className,
            language,
            isHeldBack: heldBack.has(phrasing),
            before,
            text: text.replace(/\{(\w+)\}/gu, (gap, name: string) => gaps[name] ?? gap),
            atMs,
            roomId,
            askerId,
            scope,
            truth,
          },
        ];
      }).flat(),
    ),
  );
}

const sentencesOf = ({ name, phrasings }: QuestionClass) =>
  LANGUAGES.flatMap(language =>
    (phrasings[language] ?? []).map(text => ({
      className: name,
      language,
      text,
      phrasing: `${name}/${language}: ${text}`,
    })),
  );
