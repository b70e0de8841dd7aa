import { buildWebIfChanged } from '../scripts/build-web.ts';
import { findBrowser } from '../scripts/find-browser.ts';
import { generateIfChanged } from '../scripts/generate.ts';

/** The tests look at the real build, made before the first of them starts its clock. */
// biome-ignore lint/style/noDefaultExport: Playwright asks for one
export default async function globalSetup(): Promise<void> {
  generateIfChanged();
  buildWebIfChanged();
  console.log(`Browser: ${(await findBrowser()).source}`);
}
