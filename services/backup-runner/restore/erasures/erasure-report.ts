/** What became of the erasures in one store. `remaining` is looked up afterwards and must be 0. */
export interface ErasureReport {
  /** Documents or files, each once. */
  readonly places: number;
  /** Changed or removed just now. */
  readonly applied: number;
  /** The place did not exist, or was already as it should be. */
  readonly alreadyDone: number;
  readonly remaining: number;
}
