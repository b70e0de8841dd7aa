import type { ImportCheck, MetadataImport } from '@gatehouse/contracts/idp';
import { liveTopics } from '@gatehouse/contracts/live-events';
import type { ImportResult } from '@gatehouse/login/import/import-metadata';
import type { LivePublisher } from '../http/server-sent-events.ts';
import type { AuditBy } from '../stores/audit/audit-entry.ts';
import type { IdpRecord } from '../stores/idps/rows.ts';
import type { IdpStore } from '../stores/idps/store.ts';

/** What goes through the checks for one IdP; `report` gets the whole checklist whenever a line changes. */
export type MetadataImporter = (
  record: IdpRecord,
  report: (checks: readonly ImportCheck[]) => void,
  signal: AbortSignal,
) => Promise<ImportResult>;

export type RunningImport = {
  readonly current: () => MetadataImport;
  /** The result, as stored. */
  readonly finished: Promise<MetadataImport>;
};

export type MetadataImportParts = {
  readonly idps: Pick<IdpStore, 'saveImport'>;
  readonly run: MetadataImporter;
  readonly live: LivePublisher;
  readonly now: () => number;
  readonly onError: (error: unknown, idpId: string) => void;
};

/** Beyond the limits of its calls: whatever happens, an import ends. Unit: milliseconds. */
const longestImportMs = 120_000;

type Running = RunningImport & { readonly loginVersion: number };

/**
 * Imports of metadata that run now, at most one an IdP and state of its settings; two people who ask together see the
 * same one. Lines are kept here while it runs and stored when it is finished, unless the settings changed meanwhile.
 */
export class MetadataImports {
  readonly #parts: MetadataImportParts;
  readonly #running = new Map<number, Running>();
  readonly #stopping = new AbortController();

  constructor(parts: MetadataImportParts) {
    this.#parts = parts;
  }

  running(idpId: number): MetadataImport | null {
    return this.#running.get(idpId)?.current() ?? null;
  }

  start(record: IdpRecord, by: AuditBy): RunningImport {
    const known = this.#running.get(record.id);
    if (known?.loginVersion === record.loginVersion) return known;

    let current: MetadataImport = {
      state: 'running',
      startedAt: this.#instant(),
      finishedAt: null,
      settingsVersion: record.settingsVersion,
      checks: [],
    };
    const finished = this.#run({
      record,
      by,
      current: () => current,
      report: (checks) => {
        current = { ...current, checks: [...checks] };
        this.#parts.live.publish(liveTopics.idp(record.publicId));
      },
    });
    const running: Running = { current: () => current, finished, loginVersion: record.loginVersion };
    this.#running.set(record.id, running);
    const forget = () => {
      if (this.#running.get(record.id) === running) this.#running.delete(record.id);
      this.#announce(record.publicId);
    };
    // Whoever waits gets the failure too; without a waiter it must not end the process.
    finished.then(forget, (error: unknown) => {
      forget();
      if (!this.#stopping.signal.aborted) this.#parts.onError(error, record.publicId);
    });
    return running;
  }

  /** Ends what runs, and waits for it. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled([...this.#running.values()].map(({ finished }) => finished));
  }

  async #run(work: {
    record: IdpRecord;
    by: AuditBy;
    current: () => MetadataImport;
    report: (checks: readonly ImportCheck[]) => void;
  }): Promise<MetadataImport> {
    const { record, by, current, report } = work;
    const limit = AbortSignal.timeout(longestImportMs);
    const signal = AbortSignal.any([limit, this.#stopping.signal]);
    const { checks, outcome, metadata } = await this.#parts.run(record, report, signal);
    const metadataImport: MetadataImport = {
      ...current(),
      checks: [...checks],
      state: outcome,
      finishedAt: this.#instant(),
    };
    await this.#parts.idps.saveImport(record, { metadataImport, metadata }, by);
    return metadataImport;
  }

  #instant(): string {
    return new Date(this.#parts.now()).toISOString();
  }

  #announce(publicId: string): void {
    const { idps, overview, applications, audit } = liveTopics;
    for (const topic of [liveTopics.idp(publicId), idps, overview, applications, audit]) {
      this.#parts.live.publish(topic);
    }
  }
}
