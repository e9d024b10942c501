/** Why a Worker did not do what its operator asked: a fact, and one sentence without content. */
export interface OperateFailure {
  /** `unavailable`: asking again later may help. `refused`: it will not. `unknown`: there is no such thing. */
  readonly kind: 'unavailable' | 'refused' | 'unknown';
  /** snake_case fact. */
  readonly reason: string;
  readonly detail: string;
}
