import { formatDuration } from '@innkeeper/shared/backup/format-figures';
import type { Judgement, Proof } from './judge-evidence.ts';

/** What was found, for a person and for a program. Pure. */
export function judgementInWords({ lastGood, lastRebuilt, findings }: Judgement): string {
  const line = (proof: Proof | undefined): string =>
    proof === undefined ? 'none' : `${proof.runId}, ${formatDuration(Math.max(0, proof.ageMs))} ago`;
  return [
    `Last good backup          ${line(lastGood)}`,
    `Databases last rebuilt    ${line(lastRebuilt)}`,
    ...findings.flatMap(({ sentence, nextStep }) => [`✗ ${sentence}`, `  ${nextStep}`]),
    ...(findings.length === 0 ? ['✓ The company could be restored.'] : []),
  ].join('\n');
}

export const judgementAsJson = ({ lastGood, lastRebuilt, findings }: Judgement): string =>
  JSON.stringify(
    { restorable: findings.length === 0, lastGood: lastGood ?? null, lastRebuilt: lastRebuilt ?? null, findings },
    undefined,
    2,
  );
