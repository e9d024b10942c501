/** A problem at a place in a configuration; Terraform prints it with file and line. */
export interface Diagnostic {
  readonly summary: string;
  /** What, why and the next step. */
  readonly detail: string;
  /** Names of attributes and blocks, and indexes of lists. */
  readonly path: Path;
}

export type Path = readonly (string | number)[];
