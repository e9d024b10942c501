import { resolve } from 'node:path';
import { kilobytes, measureWorkers } from '../scripts/checks/bundle-sizes.ts';
import { atMost, type Bench } from './bench.ts';

export const bundles: Bench = {
  async run() {
    const sizes = await measureWorkers(resolve(import.meta.dirname, '..'));
    return {
      measures: sizes.map(({ worker, bytes, bytesMax }) => atMost(worker, bytes, bytesMax, kilobytes)),
      limitedBy: sizes
        .map(({ worker, shares }) => {
          const largest = shares.slice(0, LARGEST).map(({ name, share }) => `${name} ${Math.round(share * 100)} %`);
          return `${worker}: ${largest.join(', ')}`;
        })
        .join('; '),
    };
  },
};

const LARGEST = 4;
