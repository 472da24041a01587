import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Once for the whole run; the projects' tests see what it provides.
    globalSetup: './test/support/global-setup.ts',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          // A busy machine is no fault of the code: loading all content took more than the default of 5 s there.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
