import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { parseConfig } from '../../config/parse-config.ts';
import { groqVariables } from './groq-variables.ts';

const parse = (environment: Record<string, string>) =>
  parseConfig('test', z.object(groqVariables), { GROQ_API_KEY: 'k', ...environment });

describe('GROQ_BASE_URL', () => {
  it('is Groq itself unless set', () => {
    expect(parse({}).GROQ_BASE_URL).toBe('https://api.groq.com/openai/v1');
  });

  it.each(['https://api.groq.com', 'https://api.groq.com/v1', 'https://api.groq.com/openai/v1/chat'])(
    'refuses %s with a sentence',
    url => {
      expect(() => parse({ GROQ_BASE_URL: url })).toThrow(
        'GROQ_BASE_URL: must end in /openai/v1, as in https://api.groq.com/openai/v1',
      );
    },
  );

  it('may stand behind a proxy with a path of its own', () => {
    expect(parse({ GROQ_BASE_URL: 'https://p.example/groq/openai/v1/' }).GROQ_BASE_URL).toBe(
      'https://p.example/groq/openai/v1',
    );
  });
});

describe('the models', () => {
  it('are the large one and the small one unless set', () => {
    expect(parse({})).toMatchObject({
      GROQ_MODEL: 'openai/gpt-oss-120b',
      GROQ_FALLBACK_MODEL: 'openai/gpt-oss-20b',
    });
  });

  it.each([
    ['GROQ_MODEL', 'llama-3.3-70b-versatile', 'openai/gpt-oss-120b'],
    ['GROQ_FALLBACK_MODEL', 'llama-3.1-8b-instant', 'openai/gpt-oss-20b'],
  ])('%s may not be one that is gone', (variable, gone, instead) => {
    expect(() => parse({ [variable]: gone })).toThrow(`${variable}: ${gone} is retired, set ${instead} instead`);
  });

  it('may be any that is not known to be gone', () => {
    expect(parse({ GROQ_MODEL: 'openai/gpt-oss-999b' }).GROQ_MODEL).toBe('openai/gpt-oss-999b');
  });
});
