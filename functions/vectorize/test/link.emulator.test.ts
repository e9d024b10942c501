import { eventually } from '@innkeeper/local-stack/testing/eventually';
import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callFrom, guestWith, textFrom } from '../src/testing/guests-and-calls.ts';
import { type Pipeline, startPipeline } from './support/start-pipeline.ts';

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline.close());

async function guestsOf(key: string): Promise<readonly string[]> {
  const record = BusinessRecord.parse(await pipeline.read(`records/${key}`));
  if (record.kind !== 'call' && record.kind !== 'text-message') throw new Error(`${key} is a ${record.kind}`);
  return (record.facts.guests ?? []).map(({ id }) => id);
}

const linked = (key: string, ids: readonly string[]) =>
  eventually(
    () => guestsOf(key),
    found => found.join() === ids.join(),
  );

test('a call finds its guest and a guest finds their calls, whoever comes first', async () => {
  await pipeline.write(guestWith('g1', 'Ines Prado', ['12016665626']));
  await pipeline.write(callFrom('1', '+1 201-666-5626'), textFrom('2', '+12016665626'));
  await linked('aircall:call:1', ['g1']);
  await linked('aircall:text-message:2', ['g1']);

  await pipeline.write(callFrom('3', '+351 912 345 678'));
  await pipeline.write(guestWith('g3', 'Rui Costa', ['351912345678']));
  await linked('aircall:call:3', ['g3']);
});

test('guests and calls that are written at the same moment, and a number that is taken away', async () => {
  const number = '+442079460101';
  await Promise.all([
    pipeline.write(guestWith('g5', 'Tom Hale', [number]), guestWith('g6', 'Mia Hale', [number])),
    ...['5', '6', '7'].map(id => pipeline.write(callFrom(id, '+44 20 7946 0101'))),
  ]);
  for (const id of ['5', '6', '7']) await linked(`aircall:call:${id}`, ['g5', 'g6']);

  await pipeline.write(guestWith('g5', 'Tom Hale', []));
  for (const id of ['5', '6', '7']) await linked(`aircall:call:${id}`, ['g6']);
  await eventually(
    () => pipeline.read('phoneLinks/guesty:guest:g5'),
    note => note === undefined, // it goes once everybody was told
  );
  await eventually(
    () => pipeline.pointsOf('aircall:call:5'),
    points => points.length > 0,
  );
  for (const key of ['aircall:call:5', 'guesty:guest:g6']) {
    expect(JSON.stringify(await pipeline.pointsOf(key))).not.toMatch(/7946/u);
  }
  expect(JSON.stringify(pipeline.functions.logged)).not.toMatch(/7946|Hale/u);
});
