import {
  type LoadedEmbeddingModel,
  loadLocalEmbeddingModel,
} from '@innkeeper/local-stack/stand-ins/embeddings/local-embedding-model';
import { groqVariables } from '@innkeeper/shared/adapters/groq/groq-variables';
import { languageModelFromConfig } from '@innkeeper/shared/adapters/groq/language-model-from-config';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { createLog } from '@innkeeper/shared/log/log';
import type { Embedder, EmbedderError } from '@innkeeper/shared/ports/embedder';
import type { LanguageModel } from '@innkeeper/shared/ports/language-model';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { hashEmbedder } from '@innkeeper/shared/testing/hash-embedder';
import { scriptedLanguageModel } from '@innkeeper/shared/testing/scripted-language-model';
import * as z from 'zod/mini';

/** The embedder and the model a run is made with. I/O: the local model's thread, and Groq where a key is given. */
export interface Parts {
  readonly embedder: Embedder;
  readonly model: LanguageModel;
  /** The same in every run: what thresholds can hold for. */
  readonly isDeterministic: boolean;
  /** For the report: what could not be measured with them. */
  readonly remarks: readonly string[];
  close(): Promise<void>;
}

const NO_MODEL =
  'without a language model: the assistant answers by code alone, and the naive baseline is its five texts';

/** The same in every run: words hashed into vectors, and no model. */
export const deterministicParts = (): Parts => ({
  embedder: hashEmbedder(),
  model: scriptedLanguageModel(() => ({
    fails: { kind: 'unavailable', detail: 'the evaluation runs without a model' },
  })),
  isDeterministic: true,
  remarks: [NO_MODEL, 'vectors are hashes of words: nearness in meaning is not measured, in any language'],
  close: () => Promise.resolve(),
});

/** The model fails on a text without a word it knows (emoji, another alphabet), as a hosted one may. */
const embedLocally = (
  model: LoadedEmbeddingModel,
  texts: readonly string[],
): Promise<Result<number[][], EmbedderError>> =>
  model.embed(texts).then(ok, (error: unknown) => err({ kind: 'unavailable', detail: String(error) }));

export async function chosenParts(
  chosen: { readonly embedder: 'hash' | 'local'; readonly withoutModel: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Parts> {
  const fixed = deterministicParts();
  const hasKey = environment['GROQ_API_KEY'] !== undefined && environment['GROQ_API_KEY'] !== '';
  const groq = hasKey && !chosen.withoutModel ? parseConfig('eval', z.object(groqVariables), environment) : undefined;
  const local = chosen.embedder === 'local' ? await loadLocalEmbeddingModel() : undefined;
  return {
    embedder:
      local === undefined
        ? fixed.embedder
        : { model: local.name, dimensions: local.dimensions, embed: texts => embedLocally(local, texts) },
    model:
      groq === undefined
        ? fixed.model
        : languageModelFromConfig(groq, { fetch, now: Date.now, log: createLog('eval', () => undefined) }),
    isDeterministic: groq === undefined && local === undefined,
    remarks: [
      groq === undefined ? NO_MODEL : `with ${groq.GROQ_MODEL}; the naive baseline is its five texts all the same`,
      local === undefined
        ? 'vectors are hashes of words: nearness in meaning is not measured, in any language'
        : `vectors by ${local.name}, which knows English only: free-text retrieval in other languages cannot be measured with it`,
    ],
    close: async () => local?.close(),
  };
}
