import type { ConnectionTest } from '@gatehouse/contracts/connector';
import { liveTopics } from '@gatehouse/contracts/live-events';
import type { LivePublisher } from '../http/server-sent-events.ts';
import type { ConnectorRecord } from '../stores/connectors/rows.ts';
import type { ConnectorStore } from '../stores/connectors/store.ts';

/** What runs the checks of one connector; `report` gets the whole checklist whenever a line changes. */
export type ConnectionTester = (
  connector: ConnectorRecord,
  report: (checks: ConnectionTest['checks']) => void,
) => Promise<Pick<ConnectionTest, 'checks' | 'visible'> & { state: 'passed' | 'warning' | 'failed' }>;

export type RunningTest = {
  readonly current: () => ConnectionTest;
  /** The stored result. */
  readonly finished: Promise<ConnectionTest>;
};

export type ConnectionTestParts = {
  readonly connectors: Pick<ConnectorStore, 'find' | 'saveConnectionTest'>;
  /** Another one as soon as the API token of the connector is another one; null without a token. */
  readonly tokenMark: (connectorId: number) => string | null;
  readonly live: LivePublisher;
  readonly test: ConnectionTester;
  readonly now: () => number;
};

/**
 * Connection tests that run now, at most one a connector; two people who ask together see the same one. Lines are kept
 * here while it runs and stored when it is finished.
 */
export class ConnectionTests {
  readonly #parts: ConnectionTestParts;
  readonly #running = new Map<number, RunningTest & { readonly tokenMark: string | null }>();

  constructor(parts: ConnectionTestParts) {
    this.#parts = parts;
  }

  running(connectorId: number): ConnectionTest | null {
    return this.#running.get(connectorId)?.current() ?? null;
  }

  start(connector: ConnectorRecord): RunningTest {
    const known = this.#running.get(connector.id);
    const tokenMark = this.#parts.tokenMark(connector.id);
    const isSame = known?.current().settingsVersion === connector.settingsVersion;
    if (known && isSame && known.tokenMark === tokenMark) return known;

    let current: ConnectionTest = {
      state: 'running',
      startedAt: new Date(this.#parts.now()).toISOString(),
      finishedAt: null,
      settingsVersion: connector.settingsVersion,
      checks: [],
      visible: null,
    };
    const report = (checks: ConnectionTest['checks']) => {
      current = { ...current, checks: [...checks] };
      this.#parts.live.publish(liveTopics.connector(connector.publicId));
    };
    const finished = this.#finish({ connector, tokenMark, report, current: () => current });
    const running = { current: () => current, finished, tokenMark };
    this.#running.set(connector.id, running);
    const forget = () => {
      if (this.#running.get(connector.id) === running) this.#running.delete(connector.id);
      this.#announce(connector.publicId);
    };
    // Whoever waits gets the failure too; without a waiter it must not end the process.
    finished.then(forget, forget);
    return running;
  }

  async #finish({
    connector,
    tokenMark,
    report,
    current,
  }: {
    connector: ConnectorRecord;
    tokenMark: string | null;
    report: (checks: ConnectionTest['checks']) => void;
    current: () => ConnectionTest;
  }): Promise<ConnectionTest> {
    const result = await this.#parts.test(connector, report);
    const test: ConnectionTest = {
      ...current(),
      ...result,
      finishedAt: new Date(this.#parts.now()).toISOString(),
    };
    const connection = result.state === 'failed' ? 'not-connected' : 'connected';
    // A test of settings or of a token that were replaced in the meantime says nothing about the new ones.
    const head = this.#parts.connectors.find(connector.publicId);
    const isSameToken = this.#parts.tokenMark(connector.id) === tokenMark;
    if (head?.settingsVersion === connector.settingsVersion && isSameToken) {
      await this.#parts.connectors.saveConnectionTest(connector.id, test, connection);
    }
    return test;
  }

  #announce(publicId: string): void {
    for (const topic of [liveTopics.connector(publicId), liveTopics.connectors, liveTopics.overview]) {
      this.#parts.live.publish(topic);
    }
  }
}
