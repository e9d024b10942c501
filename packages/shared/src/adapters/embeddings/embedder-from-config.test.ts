import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseConfig } from '../../config/parse-config.ts';
import { embedderFromConfig, embeddingsVariables } from './embedder-from-config.ts';

const ai = { run: () => Promise.resolve({ data: [] }) };
const build = (environment: Record<string, string>, withBinding = false) =>
  embedderFromConfig('test', parseConfig('test', z.object(embeddingsVariables), environment), {
    fetch,
    ai: withBinding ? ai : undefined,
  });

describe('embedderFromConfig', () => {
  it('needs nothing where a Worker has the AI binding', () => {
    expect(build({}, true)).toMatchObject({ model: '@cf/baai/bge-m3', dimensions: 1024 });
  });

  it('prefers an address over the binding', () => {
    expect(() => build({ EMBEDDINGS_URL: 'https://c.example/ai' }, true)).toThrow('EMBEDDINGS_API_KEY');
  });

  it('takes an OpenAI-compatible server with or without a key', () => {
    const environment = {
      EMBEDDINGS_PROVIDER: 'openai-compatible',
      EMBEDDINGS_URL: 'https://e.example/v1/',
      EMBEDDINGS_MODEL: 'bge-m3',
      EMBEDDINGS_DIMENSIONS: '1024',
    };
    expect(build(environment)).toMatchObject({ model: 'bge-m3', dimensions: 1024 });
    expect(build({ ...environment, EMBEDDINGS_API_KEY: 'key' })).toMatchObject({ model: 'bge-m3' });
  });

  it('names every variable that is missing, in sentences', () => {
    const problemsOf = (environment: Record<string, string>, withBinding = false): string[] => {
      try {
        build(environment, withBinding);
        return [];
      } catch (error) {
        return [...String(error).matchAll(/- (EMBEDDINGS_\w+)/gu)].map(match => match[1] ?? '');
      }
    };
    expect(problemsOf({})).toEqual(['EMBEDDINGS_URL', 'EMBEDDINGS_API_KEY']);
    expect(problemsOf({ EMBEDDINGS_MODEL: '@cf/other' }, true)).toEqual(['EMBEDDINGS_DIMENSIONS']);
    expect(problemsOf({ EMBEDDINGS_PROVIDER: 'openai-compatible' })).toEqual([
      'EMBEDDINGS_MODEL',
      'EMBEDDINGS_DIMENSIONS',
      'EMBEDDINGS_URL',
    ]);
    expect(problemsOf({ EMBEDDINGS_PROVIDER: 'local', EMBEDDINGS_DIMENSIONS: 'many' })).toEqual([
      'EMBEDDINGS_PROVIDER',
      'EMBEDDINGS_DIMENSIONS',
    ]);
  });
});
