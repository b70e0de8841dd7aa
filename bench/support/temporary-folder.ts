import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder that goes when the run is cleaned up. */
export function temporaryFolder(cleanUp: AsyncDisposableStack): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  cleanUp.defer(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
