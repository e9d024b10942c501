import type { Stage } from '../deploy/stages.ts';
import type { Trouble } from '../programs/trouble.ts';
import { CONTRACTS, type Contract, type ContractVersions } from './contracts.ts';

export interface VersionSkew {
  /** By stage, the numbers of the commit that was last deployed well; absent where nothing was. */
  readonly deployed: Readonly<Partial<Record<Stage, ContractVersions>>>;
  /** The numbers of the commit that is to be deployed. */
  readonly current: ContractVersions;
  readonly stages: readonly Stage[];
  readonly contracts?: readonly Contract[];
}

/**
 * What may be older than what. During a deployment, after it with `--only`, and after a rollback old and new serve side
 * by side, and what was written stays: so whatever is deployed has to read what the new writes, and the new what the
 * deployed wrote. Pure; undefined where nothing speaks against it.
 */
export function checkVersionSkew(skew: VersionSkew): Trouble | undefined {
  for (const contract of skew.contracts ?? CONTRACTS) {
    const trouble = unreadByOld(contract, skew) ?? unreadByNew(contract, skew);
    if (trouble !== undefined) return trouble;
  }
  return undefined;
}

function unreadByOld(
  { id, meaning, writer, reader }: Contract,
  { deployed, current, stages }: VersionSkew,
): Trouble | undefined {
  const writes = current[id]?.writes;
  const reads = deployed[reader.stage]?.[id]?.reads;
  if (!stages.includes(writer.stage) || writes === undefined || reads === undefined || reads.includes(writes))
    return undefined;
  return {
    sentence:
      `${writer.name} of this commit writes version ${writes} of ${meaning}; ` +
      `${reader.name} as deployed reads ${reads.join(', ')} alone.`,
    nextStep: `Deploy first a commit that reads ${writes} and still writes ${Math.max(...reads)}, then this one.`,
  };
}

function unreadByNew(
  { id, meaning, writer, reader }: Contract,
  { deployed, current, stages }: VersionSkew,
): Trouble | undefined {
  const reads = current[id]?.reads;
  const writes = deployed[writer.stage]?.[id]?.writes;
  if (!stages.includes(reader.stage) || writes === undefined || reads === undefined || reads.includes(writes))
    return undefined;
  return {
    sentence:
      `${reader.name} of this commit reads version ${reads.join(', ')} of ${meaning}; ` +
      `${writer.name} as deployed has written ${writes}.`,
    nextStep: `Let this commit read ${writes} as well: what was written stays, and writers are replaced one by one.`,
  };
}
