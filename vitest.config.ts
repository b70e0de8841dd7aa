import { defineConfig } from 'vitest/config';

/** Unit tests stand beside the code; integration tests (`*.integration.test.ts`) start servers and SQLite files. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{apps,packages,scripts,bench,e2e}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.integration.test.ts', 'apps/web/**'],
        },
      },
      {
        extends: './apps/web/vite.config.ts',
        test: {
          name: 'web',
          environment: 'jsdom',
          include: ['apps/web/src/**/*.test.{ts,tsx}'],
          root: '.',
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{apps,packages,bench,scripts,docs}/**/*.integration.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
