import { existsSync, globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.ts';

export type FoundBrowser = {
  readonly path: string;
  /** For people: where it was found. */
  readonly source: string;
};

/** Flags for every start: no sandbox (containers), no calls to the outside. */
export const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;

const namesOnPath = ['chromium', 'chromium-browser', 'google-chrome'];
const fromEndToEnd = createRequire(join(root, 'e2e/package.json'));

/**
 * Finds a Chromium for the browser tests: `CHROMIUM_PATH`, one on the PATH, one that Playwright installed, or the npm
 * package that carries one (Linux x64). Nothing is installed.
 * @throws Error that says what to do when there is none
 */
export async function findBrowser(): Promise<FoundBrowser> {
  const found = fromEnvironment() ?? onPath() ?? fromPlaywright() ?? (await fromPackage());
  if (found) return found;
  throw new Error(
    'No Chromium was found. Install one, or set CHROMIUM_PATH to the program of a Chromium or Chrome.',
  );
}

function fromEnvironment(): FoundBrowser | null {
  const path = process.env.CHROMIUM_PATH;
  if (path === undefined || path === '') return null;
  if (!existsSync(path)) throw new Error(`CHROMIUM_PATH is ${path}, and there is no such file.`);
  return { path, source: 'CHROMIUM_PATH' };
}

function onPath(): FoundBrowser | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of namesOnPath) {
    const folder = folders.find((candidate) => existsSync(join(candidate, name)));
    if (folder !== undefined) return { path: join(folder, name), source: `${name} on the PATH` };
  }
  return null;
}

function fromPlaywright(): FoundBrowser | null {
  const { chromium } = fromEndToEnd('@playwright/test') as { chromium: { executablePath(): string } };
  const path = chromium.executablePath();
  return path !== '' && existsSync(path) ? { path, source: 'installed by Playwright' } : null;
}

/** It unpacks itself into the temporary directory, with libraries of its own where the machine has none. */
async function fromPackage(): Promise<FoundBrowser | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  if (!hasNetworkSecurityServices()) process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
  try {
    const file = pathToFileURL(fromEndToEnd.resolve('@sparticuz/chromium')).href;
    const { default: packed } = (await import(file)) as { default: { executablePath(): Promise<string> } };
    return { path: await packed.executablePath(), source: 'the npm package @sparticuz/chromium' };
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).includes('MODULE_NOT_FOUND'))
      return null;
    throw error;
  }
}

/** The library that a Chromium needs and slim images lack. */
function hasNetworkSecurityServices(): boolean {
  return globSync('/{usr/lib,usr/lib64,lib,lib64}/{,*/}libnss3.so').length > 0;
}
