import { defineConfig } from '@playwright/test';
import { browserArguments, findBrowser } from '../scripts/find-browser.ts';

const browser = await findBrowser();

/** Two files at once, each with a server of its own; the tests of a file one after the other. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './global-setup.ts',
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  metadata: { browser: browser.source },
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: browser.path, args: [...browserArguments] },
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 15_000,
    trace: 'retain-on-failure',
    screenshot: 'off',
  },
});
