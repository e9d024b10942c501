import { defineConfig } from 'vitest/config';

/** `unit` needs nothing but Node; `edge` runs against the Google emulators, workerd and the functions framework. */
export default defineConfig({
  test: {
    maxWorkers: 3, // Many wait for processes and emulators; on two cores three are a quarter faster than two.
    // What the code under test logs matters only where a test fails.
    silent: 'passed-only',
    slowTestThreshold: 5_000,
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{packages,functions,services,workers}/*/src/**/*.test.ts',
            'services/*/{restore,operate}/**/*.test.ts',
            'eval/src/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          environment: 'node',
          setupFiles: ['scripts/suite/vitest-setup.ts'],
          // They share nothing but what they import, and importing it for each file anew costs twice what they take.
          isolate: false,
          testTimeout: 60_000, // On a very busy machine; what is too slow for a person is for the benchmarks to say.
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'edge',
          include: ['{packages,functions,services,workers}/*/test/**/*.test.ts', 'eval/test/**/*.test.ts'],
          environment: 'node',
          setupFiles: ['scripts/suite/vitest-setup.ts'],
          globalSetup: ['packages/local-stack/src/emulators/vitest-global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
