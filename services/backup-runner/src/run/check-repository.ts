import { ok } from '@innkeeper/shared/result/result';
import type { CheckRepository } from './steps.ts';

/** The step `checking`: every index, tree and pack is there; on days the order names, a share of the data is read. */
export const checkRepository: CheckRepository = async ({ order, restic }) => {
  const subset = order.work.checkSubset;
  const checked = await restic.check(subset);
  return checked.ok ? ok({ step: 'checking', ...(subset === undefined ? {} : { subset }) }) : checked;
};
