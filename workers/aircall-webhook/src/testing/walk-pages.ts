import type { JobPurpose, ReadJob } from '@innkeeper/shared/contracts/read-job';
import type { PageReader } from '@innkeeper/shared/jobs/page-reader';

/** All ids of a walk in the order shown, and how many pages it took. */
export async function walkPages(
  pages: PageReader,
  resource: string,
  window: ReadJob['window'],
  purpose: JobPurpose = 'backfill',
) {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let count = 1; ; count += 1) {
    const page = await pages.readPage({ purpose, resource, window, ...(cursor === undefined ? {} : { cursor }) });
    if (!page.ok) throw new Error(page.error.kind);
    ids.push(...page.value.things.map(thing => thing.id));
    cursor = page.value.next;
    if (cursor === undefined) return { ids, pages: count };
    if (count > 2_000) throw new Error('the walk does not end');
  }
}
