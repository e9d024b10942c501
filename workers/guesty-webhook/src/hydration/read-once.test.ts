import { describe, expect, test } from 'vitest';
import { readOnce } from './read-once.ts';

function counted(keep: (value: string) => boolean = () => true) {
  let clock = 0;
  const asked: string[] = [];
  const read = readOnce({
    read: id => {
      asked.push(id);
      return Promise.resolve(`${id} ${asked.length}`);
    },
    keep,
    keepMs: 100,
    keepMax: 2,
    now: () => clock,
  });
  return { asked, read, advance: (ms: number) => (clock += ms) };
}

describe('reading once', () => {
  test('askers at the same time and shortly after share one read', async () => {
    const { asked, read, advance } = counted();
    expect(await Promise.all([read('a'), read('a')])).toEqual(['a 1', 'a 1']);
    advance(99);
    await read('a');
    expect(asked).toEqual(['a']);
    advance(1);
    await read('a');
    expect(asked).toEqual(['a', 'a']);
  });

  test('an answer not worth keeping is asked again', async () => {
    const { asked, read } = counted(() => false);
    await read('a');
    await read('a');
    expect(asked).toEqual(['a', 'a']);
  });

  test('only so many are kept, the oldest goes first', async () => {
    const { asked, read } = counted();
    for (const id of ['a', 'b', 'c', 'c', 'b', 'a']) await read(id);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });
});
