import { formatBytes, formatCount } from '@innkeeper/shared/backup/format-figures';
import type { ErasureOrder } from '@innkeeper/shared/contracts/backup/erasure-order';
import { ok } from '@innkeeper/shared/result/result';
import { type SelectedErasures, selectErasures } from '../erasures/select-erasures.ts';
import type { RestoreFailure, RestoreResult } from '../failure.ts';
import type { SavedRun } from '../runs/saved-run.ts';
import { formatInstant } from '../screen/format.ts';
import type { StepOutlook } from '../steps/restore-step.ts';
import { findLackOfSpace } from '../steps/target-folder.ts';
import type { RestoreParts } from './restore-parts.ts';

/** What would happen, and all that stands in the way of it. Making it changes nothing. */
export interface RestorePlan {
  readonly run: SavedRun;
  readonly outlooks: readonly (StepOutlook & { readonly name: string })[];
  /** `undefined`: the person does not want any; or nothing restored can hold what an order names. */
  readonly erasures: SelectedErasures | undefined;
  readonly resumedFrom: Date | undefined;
  readonly obstacles: readonly RestoreFailure[];
}

export async function makePlan(
  parts: RestoreParts,
  run: SavedRun,
  pending: readonly ErasureOrder[] | undefined,
  resumedFrom: Date | undefined,
): RestoreResult<RestorePlan> {
  const outlooks: RestorePlan['outlooks'][number][] = [];
  for (const step of parts.steps) {
    const outlook = await step.inspect();
    if (!outlook.ok) return outlook;
    outlooks.push({ ...outlook.value, name: step.name });
  }
  const bytes = outlooks.reduce((sum, outlook) => sum + outlook.bytes, 0);
  // Of a restore that goes on, a part of the bytes is there already.
  const lack = resumedFrom === undefined ? await findLackOfSpace(parts.roomIn, bytes) : undefined;
  return ok({
    run,
    outlooks,
    erasures: pending === undefined ? undefined : selectErasures(pending, run.takenAt, parts.places),
    resumedFrom,
    obstacles: [...outlooks.flatMap(({ obstacles }) => obstacles), ...(lack === undefined ? [] : [lack])],
  });
}

export function planInWords(
  plan: RestorePlan,
  yes: boolean,
  { canHoldErased, eraseMongodb }: Pick<RestoreParts, 'canHoldErased' | 'eraseMongodb'>,
): string {
  const { run, outlooks, erasures, obstacles } = plan;
  const bytes = outlooks.reduce((sum, outlook) => sum + outlook.bytes, 0);
  return [
    `Plan: restore from run ${run.runId}, taken ${formatInstant(run.takenAt)}, ${formatBytes(bytes)}`,
    ...(plan.resumedFrom === undefined
      ? []
      : [`  goes on with the same restore, begun ${formatInstant(plan.resumedFrom)}: what is there may be replaced`]),
    ...outlooks.flatMap(({ name, to, from, lines }) => [
      `  ${name} → ${to}   (snapshot ${from.snapshotId.slice(0, 8)})`,
      ...lines.map(line => `      ${line}`),
    ]),
    ...(canHoldErased ? erasureLines(erasures, eraseMongodb !== undefined) : []),
    ...obstacles.flatMap(obstacleLines),
    ...(obstacles.length > 0
      ? ['Nothing was changed.']
      : yes
        ? []
        : ['Nothing was changed. The same command with --yes does it.']),
  ].join('\n');
}

function erasureLines(erasures: SelectedErasures | undefined, isMongodbFilled: boolean): string[] {
  if (erasures === undefined) return ['  ! what was erased since then comes back (--without-erasures)'];
  if (erasures.orders === 0) return ['  nothing was erased since then'];
  const documents = formatCount(erasures.mongodb.length, 'document', 'documents');
  const here = [...(isMongodbFilled ? [documents] : []), formatCount(erasures.files.length, 'file', 'files')];
  const left = [
    ...(isMongodbFilled || erasures.mongodb.length === 0 ? [] : [`${documents} in mongodb.archive`]),
    ...(erasures.firestore.length === 0
      ? []
      : [`${formatCount(erasures.firestore.length, 'document', 'documents')} in Firestore`]),
  ];
  return [
    `  erased since then: ${formatCount(erasures.orders, 'order', 'orders')}; erased again here: ${here.join(', ')}`,
    ...(left.length === 0 ? [] : [`  left to do afterwards: ${left.join(', ')}`]),
  ];
}

export const obstacleLines = ({ sentence, nextStep }: RestoreFailure): string[] => [
  `✗ ${sentence}`,
  ...(nextStep === undefined ? [] : [`  ${nextStep}`]),
];
