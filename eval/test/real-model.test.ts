import { startGroq } from '@innkeeper/local-stack/stand-ins/groq/start-groq';
import { describe, expect, test } from 'vitest';
import { scoreOf } from '../src/report/score.ts';
import { runEvaluation } from '../src/run-evaluation.ts';
import { chosenParts } from '../src/run-parts.ts';
import { SEED } from '../src/seed.ts';

/** The run with a real model, held against the stand-in of Groq: the same calls as to the real one, with a key of its own. */
const hashed = { embedder: 'hash', withoutModel: false } as const;

async function runWith(personality: Parameters<typeof startGroq>[0]['personality'], className: string) {
  const groq = await startGroq({ port: 0, apiKey: 'test-key', ...(personality ? { personality } : {}) });
  const parts = await chosenParts(hashed, {
    GROQ_API_KEY: 'test-key',
    GROQ_BASE_URL: `${groq.url}/openai/v1`,
  });
  const { outcomes } = await runEvaluation({ seed: SEED, className, ...parts });
  await groq.close();
  return { parts, outcomes, score: scoreOf(outcomes) };
}

describe('with a key for Groq', () => {
  test('free questions go to the model, and what it chooses is judged', async () => {
    const { parts, outcomes, score } = await runWith(undefined, 'what a guest said');
    expect(parts.isDeterministic).toBe(false);
    expect(parts.remarks[0]).toContain('with openai/gpt-oss-120b');
    // The stand-in finds no answer to some; where all it chose were others' words, code's own choice stands.
    const byModel = outcomes.filter(({ posted }) => posted.text.includes('AI-generated'));
    expect(byModel.length).toBeGreaterThan(outcomes.length / 2);
    expect(score.assistant.citationPrecision.right).toBe(score.assistant.citationPrecision.of);
    expect(byModel.filter(({ judgement }) => !judgement.verdict.isRight)).toEqual([]);
  });

  test('a model that lies costs no wrong citation', async () => {
    const { outcomes, score } = await runWith({ mode: 'lying', seed: 0 }, 'what a guest said');
    expect(outcomes.some(({ posted }) => !posted.text.includes('AI-generated'))).toBe(true);
    expect(score.assistant.citationPrecision.right).toBe(score.assistant.citationPrecision.of);
    expect(score.assistant.leaks).toBe(0);
  });
});
