import { expect, it } from 'vitest';
import type { IssueStore } from '../issues/issue-store.ts';

/** What every `IssueStore` does. `open` starts a fresh one for each sentence. */
export function describeIssueStore(create: () => Promise<IssueStore>): void {
  const draft = (title: string) => ({ title, body: `what ${title} is about` });
  const openIn = async (store: IssueStore, title: string): Promise<number> => {
    const opened = await store.open(draft(title));
    if (!opened.ok) throw new Error(opened.error.sentence);
    return opened.value.number;
  };

  it('lists nothing before anything was opened', async () => {
    expect(await (await create()).listOpen()).toEqual({ ok: true, value: [] });
  });

  it('lists what is open, oldest first, however many there are', async () => {
    const store = await create();
    const numbers: number[] = [];
    for (let index = 0; index < 103; index += 1) numbers.push(await openIn(store, `finding ${index}`));
    const listed = await store.listOpen();
    expect(listed.ok && listed.value.map(({ number }) => number)).toEqual(numbers);
    expect(listed.ok && listed.value[0]).toEqual({ number: numbers[0], ...draft('finding 0') });
  });

  it('replaces title and body', async () => {
    const store = await create();
    const number = await openIn(store, 'old');
    expect(await store.replace(number, draft('new'))).toEqual({ ok: true, value: undefined });
    expect(await store.listOpen()).toEqual({ ok: true, value: [{ number, ...draft('new') }] });
  });

  it('closes, and closing again changes nothing', async () => {
    const store = await create();
    const number = await openIn(store, 'done');
    expect(await store.comment(number, 'well again')).toMatchObject({ ok: true });
    expect(await store.close(number, 'completed')).toMatchObject({ ok: true });
    expect(await store.close(number, 'not_planned')).toMatchObject({ ok: true });
    expect(await store.listOpen()).toEqual({ ok: true, value: [] });
  });

  it('gives a number to one issue only, closed ones included', async () => {
    const store = await create();
    const first = await openIn(store, 'one');
    await store.close(first, 'completed');
    expect(await openIn(store, 'two')).toBeGreaterThan(first);
  });

  it('says that an issue is unknown', async () => {
    const store = await create();
    for (const done of [await store.replace(4711, draft('x')), await store.comment(4711, 'x')]) {
      expect(done).toMatchObject({ ok: false, error: { kind: 'not_found' } });
    }
  });
}
