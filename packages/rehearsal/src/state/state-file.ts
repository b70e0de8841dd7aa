import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from '../apps/app.ts';
import type { Fault } from '../faults/fault.ts';
import type { LoginFault } from '../login-faults/login-fault-board.ts';
import type { SigningKey } from '../oidc/key-store.ts';
import type { OrgEdits } from '../org/org-edits.ts';
import type { Token } from '../tokens/token-store.ts';

const SCHEMA = 1;
const FILE_NAME = 'rehearsal-state.json';
const QUIET_MILLISECONDS = 100;

/** What outlives a restart. The org is kept as its recipe and the edits made to it. */
export type SavedState = {
  readonly schema: number;
  readonly edits: OrgEdits;
  readonly tokens: readonly Token[];
  readonly faults: readonly Fault[];
  /** Absent in files written before there were apps. */
  readonly apps?: readonly App[];
  readonly loginFaults?: readonly LoginFault[];
  readonly keys?: readonly SigningKey[];
};

/** Reads the state of a directory; undefined when there is none yet. Throws Error when it is not readable. */
export async function loadState(directory: string): Promise<SavedState | undefined> {
  const path = join(directory, FILE_NAME);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`The rehearsal cannot read its state file ${path}`, { cause });
  }
  const state = parseState(text, path);
  if (state.schema !== SCHEMA) {
    throw new Error(
      `${path} has schema ${state.schema}, and this rehearsal reads ${SCHEMA}; delete it to start over`,
    );
  }
  return state;
}

/**
 * Writes the state behind the edits: a moment after the last one, to a new file that then takes the
 * place of the old one, so that a crash leaves one or the other whole.
 */
export class StateWriter {
  readonly #directory: string;
  readonly #collect: () => Omit<SavedState, 'schema'>;
  #isDirty = false;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(directory: string, collect: () => Omit<SavedState, 'schema'>) {
    this.#directory = directory;
    this.#collect = collect;
  }

  /** Notes that something changed. */
  touch(): void {
    this.#isDirty = true;
    if (this.#timer || this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#writing.then(() => this.#write()).catch(reportFailure);
    }, QUIET_MILLISECONDS).unref();
  }

  /** Writes what is left and stops. Throws when the last write fails. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#writing;
    if (this.#isDirty) await this.#write();
  }

  async #write(): Promise<void> {
    this.#isDirty = false;
    const path = join(this.#directory, FILE_NAME);
    const draft = `${path}.${process.pid}.new`;
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    try {
      await writeFile(draft, JSON.stringify({ schema: SCHEMA, ...this.#collect() }), { mode: 0o600 });
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }
}

function reportFailure(error: unknown): void {
  process.stderr.write(`rehearsal: cannot write its state: ${String(error)}\n`);
}

function parseState(text: string, path: string): SavedState {
  try {
    return JSON.parse(text) as SavedState;
  } catch (cause) {
    throw new Error(`${path} is damaged; delete it to start the rehearsal over`, { cause });
  }
}
