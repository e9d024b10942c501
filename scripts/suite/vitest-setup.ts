import fc from 'fast-check';
import { PROPERTY_SEED } from './property-seed.ts';

/** Before every test file: properties start where `./dev test` says; in a run by hand, each time somewhere else. */
const seed = process.env[PROPERTY_SEED];
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
