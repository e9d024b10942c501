/** The world that thresholds hold for. Any other shows whether they hold by chance. */
export const SEED = 7;
