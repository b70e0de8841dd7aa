import { liveEventSchema, liveTopics } from '@gatehouse/contracts/live-events';
import type { QueryClient } from '@tanstack/react-query';

/** What the page needs of the browser's EventSource; tests hand over another. */
export type EventStream = Pick<EventTarget, 'addEventListener'> & Pick<EventSource, 'close' | 'readyState'>;

export type LiveUpdatesOptions = {
  queryClient: QueryClient;
  /** Path of the stream. */
  url: string;
  openStream?: (url: string) => EventStream;
  page?: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
  /** Asked when the server refused the stream: the session may be over. */
  onRefused?: () => void;
  /** Told when the stream is lost and when it is back; never while the page is hidden. */
  onConnection?: (connected: boolean) => void;
};

const CLOSED = 2;
const REOPEN_AFTER = 5_000;

/**
 * The query key that a topic stands for: `run/12` is `['run', '12']`, so everything below it is refetched.
 * Query keys of features begin with these.
 */
export function topicKey(topic: string): readonly string[] {
  return topic.split('/');
}

/**
 * Keeps the query cache true: one event stream while the page is visible, closed when it is hidden (browsers
 * allow six connections to one origin) and opened with a refetch on return.
 * @returns stops it.
 */
export function startLiveUpdates(options: LiveUpdatesOptions): () => void {
  const { queryClient, url, page = document, onConnection = () => {}, onRefused = () => {} } = options;
  const openStream = options.openStream ?? ((address) => new EventSource(address));
  let stream: EventStream | undefined;
  let lost = false;
  let reopening: ReturnType<typeof setTimeout> | undefined;

  function invalidate(topic: string): void {
    const filter = topic === liveTopics.reset ? {} : { queryKey: topicKey(topic) };
    void queryClient.invalidateQueries(filter);
  }

  function open(): void {
    if (stream) return;
    stream = openStream(url);
    stream.addEventListener('message', (event) => {
      const parsed = liveEventSchema.safeParse(parseJson((event as MessageEvent).data));
      if (parsed.success) invalidate(parsed.data.topic);
    });
    stream.addEventListener('open', () => {
      onConnection(true);
      // What changed between the loss and now may be older than the server can replay.
      if (lost) invalidate(liveTopics.reset);
      lost = false;
    });
    stream.addEventListener('error', () => {
      lost = true;
      onConnection(false);
      // The browser comes back by itself unless the server answered something else than a stream.
      if (stream?.readyState === CLOSED) reopenLater();
    });
  }

  function reopenLater(): void {
    close();
    onRefused();
    reopening = setTimeout(open, REOPEN_AFTER);
  }

  function close(): void {
    clearTimeout(reopening);
    stream?.close();
    stream = undefined;
  }

  function followVisibility(): void {
    if (page.visibilityState === 'hidden') {
      close();
      return;
    }
    if (stream) return;
    open();
    invalidate(liveTopics.reset);
  }

  page.addEventListener('visibilitychange', followVisibility);
  if (page.visibilityState !== 'hidden') open();
  return () => {
    page.removeEventListener('visibilitychange', followVisibility);
    close();
  };
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
