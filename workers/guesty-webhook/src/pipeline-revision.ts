/** Raised when the mapping of Guesty's payloads changes meaning, so that a replay takes effect. */
export const PIPELINE_REVISION = 3;
