import type { Plan, PlanKind } from '@innkeeper/shared/domain/plan';
import { ok, type Result } from '@innkeeper/shared/result/result';
import type { Rendering } from '../compose/draft.ts';
import type { Snapshot } from '../evaluate/snapshot.ts';
import { guestsAround } from './guests-around.ts';
import type { RetrievalError } from './retrieval-error.ts';
import type { RetrievalPorts } from './retrieve.ts';
import { retrieve } from './retrieve.ts';

/**
 * What a list is decided from in a room: the plan's records, and where first names only are shown beside titles that
 * people wrote, whose surnames to look for in them. I/O through ports.
 */
export async function readSnapshot(
  plan: Plan,
  { homes, scope }: Pick<Rendering, 'homes' | 'scope'>,
  ports: RetrievalPorts,
): Promise<Result<Snapshot, RetrievalError>> {
  const isShortened = scope === 'operations' && SHOW_TITLES.has(plan.kind);
  const [found, guests] = await Promise.all([
    retrieve(plan, homes, ports),
    isShortened ? guestsAround(homes, ports.vectors) : ok([]),
  ]);
  if (!found.ok) return found;
  // Of more guests than are read none is known: titles are told by their kind alone.
  if (!guests.ok && guests.error.kind !== 'too_many') return guests;
  return ok({ homes, ...found.value, guests: guests.ok ? guests.value : 'too_many' });
}

const SHOW_TITLES: ReadonlySet<PlanKind> = new Set(['tasks', 'readiness', 'early_check_in']);
