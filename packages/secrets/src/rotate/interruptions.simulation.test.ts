import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Died } from '../testing/interrupt.ts';
import { RUNS, SecretsHouse } from '../testing/secrets-house.ts';

/** Runs of an operator in any order, each cut off after any number of steps. A failing seed says how to replay it. */
const cutOff = fc.record({ run: fc.constantFrom(...RUNS), steps: fc.nat({ max: 60 }) });

test('whatever is cut off, no reader loses its value, nothing is half set, and the next run ends well', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(cutOff, { minLength: 1, maxLength: 14 }), async runs => {
      const house = new SecretsHouse();
      for (const { run, steps } of runs) {
        await house.run(run, steps).catch((error: unknown) => {
          if (!(error instanceof Died)) throw error;
        });
        expect(house.flaws()).toEqual([]);
      }
      expect(await house.settle()).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
