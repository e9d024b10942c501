import type { VectorReader } from '@innkeeper/shared/ports/vector-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { PersonName } from '../evaluate/bookings.ts';
import { firstNameOf } from '../evaluate/first-name.ts';
import type { Homes } from '../evaluate/homes.ts';
import { recentBookings } from './plan-filter.ts';
import type { RetrievalError } from './retrieval-error.ts';
import { fromVectorStoreError } from './retrieval-error.ts';

/** Far more than stay and come within these weeks; beyond it the question is refused rather than a surname shown. */
const POINTS_MAX = 5_000;

/** Who stays or comes in the weeks around today, by the index: to know a surname where one must not be shown. */
export async function guestsAround(
  homes: Homes,
  vectors: VectorReader,
): Promise<Result<readonly PersonName[], RetrievalError>> {
  const points = await vectors.scrollAll(recentBookings(homes), { maxPoints: POINTS_MAX });
  if (!points.ok) return err(fromVectorStoreError(points.error));
  const names = new Set(points.value.flatMap(({ guestNames }) => guestNames));
  return ok([...names].map(full => ({ full, first: firstNameOf(full) })));
}
