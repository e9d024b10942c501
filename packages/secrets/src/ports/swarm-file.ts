import type { Result } from '@innkeeper/shared/result/result';

/** secrets/ENV/swarm.sops.yaml as anybody may read it: sops leaves names and dates in the clear. */
export interface SwarmFile {
  /** `undefined`: there is no such file yet. The error is a sentence: sops has not written what is there. */
  read(): Promise<Result<SwarmFileFacts | undefined, string>>;
}

export interface SwarmFileFacts {
  /** Of those that have a value. */
  readonly names: readonly string[];
  readonly modifiedAtMs: number;
  /** Names whose value is not encrypted. */
  readonly inTheClear: readonly string[];
  /** Names whose value was written without quotes and read as a number or a truth: Ansible would get another text. */
  readonly notText: readonly string[];
}
