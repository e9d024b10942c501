import { describe, expect, it } from 'vitest';
import { Secret } from '../config/secret.ts';
import { createLiveSecrets } from './live-secrets.ts';

const SECOND = 1_000;
const configured = new Secret('of the environment');

function isolate(initial: readonly string[]) {
  const object = { secrets: initial, asked: 0, answer: 'at once' as 'at once' | 'never' | 'fails' };
  let nowMs = 0;
  let giveUp: () => void = () => undefined;
  const live = createLiveSecrets({
    configured: [configured],
    now: () => nowMs,
    wait: () =>
      new Promise<void>(resolve => {
        giveUp = resolve;
      }),
    ask: () => {
      object.asked += 1;
      if (object.answer === 'fails') return Promise.reject(new Error('moved'));
      return object.answer === 'never' ? new Promise(() => undefined) : Promise.resolve(object.secrets);
    },
  });
  const texts = (secrets: readonly Secret[]): string[] => secrets.map(secret => secret.reveal());
  return {
    object,
    live,
    pass: (ms: number) => {
      nowMs += ms;
    },
    giveUp: () => giveUp(),
    known: () => texts(live.known()),
    renewed: async () => texts(await live.renewed()),
  };
}

describe('the secrets an isolate accepts', () => {
  it('are those of the environment, and of the object once it was asked', async () => {
    const { known, renewed } = isolate(['made']);
    expect(known()).toEqual(['of the environment']);
    expect(await renewed()).toEqual(['of the environment', 'made']);
    expect(known()).toEqual(['of the environment', 'made']);
  });

  it('are asked for by each of many at the same time, and at most three times in half a minute', async () => {
    const { object, renewed, pass } = isolate(['made']);
    const many = await Promise.all(Array.from({ length: 50 }, renewed));
    expect(new Set(many.map(String))).toEqual(new Set(['of the environment,made']));
    object.asked = 1; // they had one turn together
    await renewed();
    pass(10 * SECOND);
    await renewed();
    object.secrets = ['made', 'made later'];
    pass(19 * SECOND);
    expect(await renewed()).toEqual(['of the environment', 'made']);
    expect(object.asked).toBe(3);
    pass(SECOND);
    expect(await renewed()).toContain('made later');
    expect(object.asked).toBe(4);
  });

  it('are forgotten after minutes, so that one that ended is not taken for ever', async () => {
    const { object, known, renewed, pass } = isolate(['ended']);
    await renewed();
    object.secrets = [];
    pass(299 * SECOND);
    expect(known()).toContain('ended');
    pass(SECOND);
    expect(known()).toEqual(['of the environment']);
    expect(await renewed()).toEqual(['of the environment']);
  });

  it.each(['fails', 'never'] as const)('stay what they were where the object answers %s', async answer => {
    const { object, renewed, known, pass, giveUp } = isolate(['made']);
    await renewed();
    pass(400 * SECOND);
    object.answer = answer;
    const asking = renewed();
    giveUp();
    expect(await asking).toEqual(['of the environment', 'made']);
    expect(known()).toEqual(['of the environment', 'made']);
  });

  it('are asked for anew where the request that asked was cut off and never came to its end', async () => {
    const { object, renewed, pass } = isolate(['made']);
    object.answer = 'never';
    void renewed();
    object.answer = 'at once';
    expect(await renewed()).toContain('made');
    pass(400 * SECOND);
    object.answer = 'never';
    for (let count = 0; count < 9; count += 1) {
      void renewed();
      pass(SECOND);
    }
    object.answer = 'at once';
    expect(await renewed()).toContain('made');
  });

  it('do not live longer by requests that are cut off', async () => {
    const { object, known, renewed, pass } = isolate(['ended']);
    await renewed();
    pass(299 * SECOND);
    object.answer = 'never';
    void renewed();
    pass(SECOND);
    expect(known()).toEqual(['of the environment']);
  });

  it('stay the same things, for what was computed from them', async () => {
    const { live, pass } = isolate(['made']);
    const first = (await live.renewed())[1];
    pass(20 * SECOND);
    expect((await live.renewed())[1]).toBe(first);
  });
});
