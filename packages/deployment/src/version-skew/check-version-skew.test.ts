import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { STAGES } from '../deploy/stages.ts';
import { checkVersionSkew } from './check-version-skew.ts';
import { CONTRACTS, type Contract, contractVersions } from './contracts.ts';

const chat = (...numbers: [number, ...number[]]): Contract => {
  const [found] = CONTRACTS.filter(({ id }) => id === 'chat-change');
  if (found === undefined) throw new Error('no chat-change');
  return { ...found, schema: z.union(numbers.map(v => z.object({ v: z.literal(v), text: z.string() }))) };
};
const versions = (...numbers: [number, ...number[]]) => contractVersions([chat(...numbers)]);
const everywhere = (numbers: ReturnType<typeof versions>) => ({
  ansible: numbers,
  functions: numbers,
  workers: numbers,
});

describe('contractVersions', () => {
  it('finds the number of every contract of this commit', () => {
    const found = contractVersions();
    expect(Object.keys(found)).toEqual(CONTRACTS.map(({ id }) => id));
    for (const { writes, reads } of Object.values(found)) expect(reads).toContain(writes);
  });

  it('writes the newest and reads all', () => {
    expect(versions(2, 1)).toEqual({ 'chat-change': { writes: 2, reads: [1, 2] } });
  });

  it('refuses a contract without a number', () => {
    expect(() => contractVersions([{ ...chat(1), schema: z.object({ text: z.string() }) }])).toThrow(
      'no number in "v"',
    );
  });
});

describe('checkVersionSkew', () => {
  it('has nothing against the same numbers, nor against a first deployment', () => {
    expect(
      checkVersionSkew({ deployed: everywhere(versions(1)), current: versions(1), stages: STAGES }),
    ).toBeUndefined();
    expect(checkVersionSkew({ deployed: {}, current: versions(2), stages: STAGES })).toBeUndefined();
  });

  it('refuses what nobody deployed can read, and says how it goes', () => {
    expect(checkVersionSkew({ deployed: everywhere(versions(1)), current: versions(1, 2), stages: STAGES })).toEqual({
      sentence:
        'mongo-listener of this commit writes version 2 of changes in the chat; vectorize as deployed reads 1 alone.',
      nextStep: 'Deploy first a commit that reads 2 and still writes 1, then this one.',
    });
  });

  it('lets the reading half go first', () => {
    expect(
      checkVersionSkew({ deployed: everywhere(versions(1)), current: versions(1, 2), stages: ['functions', 'verify'] }),
    ).toBeUndefined();
    const deployed = { ...everywhere(versions(1)), functions: versions(1, 2) };
    expect(checkVersionSkew({ deployed, current: versions(1, 2), stages: STAGES })).toBeUndefined();
  });

  it('refuses a reader that has forgotten what is written', () => {
    expect(
      checkVersionSkew({ deployed: everywhere(versions(1)), current: versions(2), stages: ['functions'] }),
    ).toEqual({
      sentence:
        'vectorize of this commit reads version 2 of changes in the chat; mongo-listener as deployed has written 1.',
      nextStep: 'Let this commit read 1 as well: what was written stays, and writers are replaced one by one.',
    });
  });
});
