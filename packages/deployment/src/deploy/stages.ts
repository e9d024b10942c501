/** In the order of a deployment. */
export const STAGES = ['terraform', 'ansible', 'functions', 'workers', 'verify'] as const;
export type Stage = (typeof STAGES)[number];

/** What can be taken back, in the order in which it is: callers before what they call. Terraform is only reported. */
export const STAGES_TAKEN_BACK = ['workers', 'functions', 'ansible'] as const satisfies readonly Stage[];
