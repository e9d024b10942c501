/** Raised when the mapping changes meaning, so that a replay takes effect. */
export const PIPELINE_REVISION = 2;
