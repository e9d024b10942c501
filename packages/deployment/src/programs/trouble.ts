/** Why something could not be done, for a person: what, and what to do now. Never a secret. */
export interface Trouble {
  readonly sentence: string;
  readonly nextStep: string;
}
