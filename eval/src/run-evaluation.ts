import type { Embedder } from '@innkeeper/shared/ports/embedder';
import type { LanguageModel } from '@innkeeper/shared/ports/language-model';
import { askQuestions } from './ask/ask-questions.ts';
import type { Asked } from './ask/asked.ts';
import { openAssistant, type Posted } from './assistant/assistant.ts';
import { openIndex } from './assistant/open-index.ts';
import { pointsOf } from './assistant/points.ts';
import { nearestFive } from './baseline/nearest-five.ts';
import { findLeaks } from './judge/find-leaks.ts';
import { type Judgement, judge } from './judge/judge.ts';
import { judgeTexts } from './judge/judge-texts.ts';
import { makeWorld } from './world/make-world.ts';

/** Asks every question of a seed's world, of the assistant and of the naive baseline, and judges both. */
export interface Outcome {
  readonly asked: Asked;
  readonly posted: Posted;
  readonly judgement: Judgement;
  /** What of it nobody may read who reads the answer. */
  readonly leaks: readonly string[];
  readonly baseline: { readonly posted: Posted; readonly judgement: Judgement; readonly leaks: readonly string[] };
}

export interface Evaluation {
  readonly seed: number;
  readonly outcomes: readonly Outcome[];
}

export async function runEvaluation(options: {
  readonly seed: number;
  readonly embedder: Embedder;
  readonly model: LanguageModel;
  /** Only this class. */
  readonly className?: string;
}): Promise<Evaluation> {
  const { seed, embedder, model, className } = options;
  const world = makeWorld(seed);
  const points = await pointsOf(world, embedder);
  const index = await openIndex(points, embedder);
  const assistant = await openAssistant(world, { vectors: index.vectors, embedder, model });
  const outcomes: Outcome[] = [];
  for (const asked of askQuestions(world)) {
    if (className !== undefined && asked.className !== className) continue;
    const posted = await assistant.ask(asked);
    const naive = await nearestFive(asked.text, points, embedder);
    outcomes.push({
      asked,
      posted,
      judgement: judge(asked, posted, world),
      leaks: findLeaks(asked, posted.text, world),
      baseline: {
        posted: naive,
        judgement: judgeTexts(asked, naive, world),
        leaks: findLeaks(asked, naive.text, world),
      },
    });
  }
  await index.close();
  return { seed, outcomes };
}
