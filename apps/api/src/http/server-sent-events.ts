import type { LiveEvent } from '@gatehouse/contracts/live-events';
import type { Request, Response } from 'express';
import type { StaffSession } from '../staff/staff-session.ts';
import { ApiError } from './errors.ts';

/** Where changes are announced. */
export interface LivePublisher {
  publish(topic: string): void;
}

type Stream = { response: Response; tokenHash: string; accountKey: number };

export type LiveHubOptions = {
  /** Milliseconds since 1970. */
  now: () => number;
  /** Asked at every heartbeat: a stream does not outlive its session, nor keep it alive. */
  isLive: (tokenHash: string) => Promise<boolean>;
  onError: (error: unknown) => void;
  heartbeatMs?: number;
  maxStreams?: number;
  maxStreamsPerSession?: number;
  /** How many events can be replayed. */
  memory?: number;
};

/** A reader that takes nothing for so long is cut off; it comes back and gets a replay. */
const maxUnsentBytes = 64 * 1024;
const reconnectAfterMs = 2_000;

/**
 * The event streams of all open tabs. Versions begin with the time of the start, so that an id from before a restart
 * is always older than what this process remembers and gets a `reset`.
 */
export class LiveHub implements LivePublisher {
  readonly #options: Required<LiveHubOptions>;
  readonly #streams = new Set<Stream>();
  readonly #recent: LiveEvent[] = [];
  readonly #heartbeat: NodeJS.Timeout;
  #version: number;
  #closed = false;

  constructor(options: LiveHubOptions) {
    this.#options = {
      heartbeatMs: 20_000,
      maxStreams: 500,
      maxStreamsPerSession: 12,
      memory: 1_000,
      ...options,
    };
    this.#version = options.now();
    this.#heartbeat = setInterval(() => void this.#beat(), this.#options.heartbeatMs);
    this.#heartbeat.unref();
  }

  /** Number of open streams. */
  get size(): number {
    return this.#streams.size;
  }

  publish(topic: string): void {
    if (this.#closed) return;
    this.#version += 1;
    const event = { topic, version: this.#version };
    this.#recent.push(event);
    if (this.#recent.length > this.#options.memory) this.#recent.shift();
    for (const stream of this.#streams) this.#write(stream, formatEvent(event));
  }

  /** Begins a stream; replays what came after `Last-Event-ID`. @throws ApiError when there are too many */
  open({
    request,
    response,
    session,
  }: {
    request: Request;
    response: Response;
    session: StaffSession;
  }): void {
    this.#refuseTooMany(session);
    response.status(200).set({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    const stream = { response, tokenHash: session.tokenHash, accountKey: session.account.key };
    this.#streams.add(stream);
    response.on('close', () => this.#streams.delete(stream));
    response.flushHeaders();
    this.#write(stream, `retry: ${reconnectAfterMs}\n\n${this.#replayAfter(request.get('last-event-id'))}`);
  }

  endSession(tokenHash: string): void {
    this.#endWhere((stream) => stream.tokenHash === tokenHash);
  }

  /** Ends the streams of an account, except those of one session. */
  endAccount(accountKey: number, exceptTokenHash?: string): void {
    this.#endWhere((stream) => stream.accountKey === accountKey && stream.tokenHash !== exceptTokenHash);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#heartbeat);
    this.#endWhere(() => true);
  }

  #refuseTooMany(session: StaffSession): void {
    if (this.#closed) throw new ApiError('not-ready', 'The server is stopping.');
    const own = [...this.#streams].filter((stream) => stream.tokenHash === session.tokenHash).length;
    if (this.#streams.size < this.#options.maxStreams && own < this.#options.maxStreamsPerSession) return;
    throw new ApiError('too-many-requests', 'Too many open event streams. Close some tabs.', {
      facts: { retryAfterSeconds: 30 },
    });
  }

  /** A `reset` where the id is unknown or too old; nothing without an id. */
  #replayAfter(lastEventId: string | undefined): string {
    if (lastEventId === undefined) return ': open\n\n';
    const last = Number(lastEventId);
    const oldest = this.#recent[0]?.version ?? this.#version + 1;
    if (!Number.isSafeInteger(last) || last > this.#version || last < oldest - 1) {
      return formatEvent({ topic: 'reset', version: this.#version });
    }
    return this.#recent
      .filter((event) => event.version > last)
      .map(formatEvent)
      .join('');
  }

  #write(stream: Stream, text: string): void {
    if (stream.response.writableLength > maxUnsentBytes) {
      stream.response.destroy();
      return;
    }
    stream.response.write(text);
  }

  #endWhere(matches: (stream: Stream) => boolean): void {
    for (const stream of [...this.#streams].filter(matches)) {
      this.#streams.delete(stream);
      stream.response.end();
    }
  }

  async #beat(): Promise<void> {
    try {
      for (const tokenHash of new Set([...this.#streams].map((stream) => stream.tokenHash))) {
        if (!(await this.#options.isLive(tokenHash))) this.endSession(tokenHash);
      }
    } catch (error) {
      this.#options.onError(error);
    }
    for (const stream of this.#streams) this.#write(stream, ': heartbeat\n\n');
  }
}

function formatEvent(event: LiveEvent): string {
  return `id: ${event.version}\ndata: ${JSON.stringify(event)}\n\n`;
}
