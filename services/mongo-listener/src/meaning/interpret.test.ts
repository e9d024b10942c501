import { readdirSync, readFileSync } from 'node:fs';
import { BSON } from 'mongodb';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { COLLECTIONS, FOLLOWED, type SourceChange } from '../source-document.ts';
import { parseChangeEvent } from '../stream/change-event.ts';
import { interpret } from './interpret.ts';
import { TEXT_BYTES_MAX } from './message.ts';

const ASSISTANT = { userId: 'bOtUsErId00000001', username: 'concierge.bot', words: ['!ask'] };

/** One file: a change event or a scanned document, as MongoDB tells it (Extended JSON), and what it means. */
const Golden = z.union([
  z.strictObject({ event: z.record(z.string(), z.unknown()), meaning: z.unknown() }),
  z.strictObject({
    scanned: z.object({
      collection: z.enum(COLLECTIONS),
      origin: z.enum(['snapshot', 'healing']),
      operation: z.enum(['insert', 'replace']),
      version: z.int(),
      document: z.record(z.string(), z.unknown()),
    }),
    meaning: z.unknown(),
  }),
]);

const folder = new URL('__golden__/', import.meta.url);
const cases = readdirSync(folder).map(file => file.replace(/\.json$/u, ''));

function readCase(name: string): { change: SourceChange; meaning: unknown } {
  const content: unknown = BSON.EJSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
  const golden = Golden.parse(content);
  if ('event' in golden) {
    const happening = parseChangeEvent(golden.event);
    if (happening.kind !== 'change') throw new Error(`the event of ${name} is ${happening.kind}`);
    return { change: happening.change, meaning: golden.meaning };
  }
  const { collection, document, ...scan } = golden.scanned;
  const followed = FOLLOWED.find(candidate => COLLECTIONS[candidate] === collection);
  if (followed === undefined) throw new Error(`${collection} is not followed`);
  return { change: { ...scan, followed, id: document['_id'], document }, meaning: golden.meaning };
}

describe('what happens in Rocket.Chat means', () => {
  it.each(cases)('%s', name => {
    const { change, meaning } = readCase(name);
    expect(interpret(change, ASSISTANT)).toEqual(meaning);
  });
});

it('sets a text aside that is longer than anybody writes', () => {
  const { change } = readCase('message-inserted');
  const saying = (msg: string): string => {
    const meaning = interpret({ ...change, document: { ...change.document, msg } }, ASSISTANT);
    return meaning.kind === 'parked' ? meaning.reason : meaning.kind;
  };
  expect(saying('é'.repeat(TEXT_BYTES_MAX / 2))).toBe('change');
  expect(saying('é'.repeat(TEXT_BYTES_MAX / 2 + 1))).toBe('text_too_long');
  expect(saying('x'.repeat(10_000_000))).toBe('text_too_long');
});
