import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type EventStream, startLiveUpdates, topicKey } from './live-updates.ts';

class FakeStream extends EventTarget implements EventStream {
  readyState = 1;
  close = vi.fn(() => {
    this.readyState = 2;
  });

  send(data: string): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

class FakePage extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';

  show(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

function start() {
  const streams: FakeStream[] = [];
  const page = new FakePage();
  const queryClient = new QueryClient();
  const invalidate = vi.spyOn(queryClient, 'invalidateQueries').mockResolvedValue();
  const onConnection = vi.fn();
  const onRefused = vi.fn();
  const openStream = () => {
    const stream = new FakeStream();
    streams.push(stream);
    return stream;
  };
  const stop = startLiveUpdates({
    queryClient,
    url: '/api/events',
    openStream,
    page: page as unknown as Document,
    onConnection,
    onRefused,
  });
  const stream = (index: number) => {
    const one = streams[index];
    if (!one) throw new Error(`no stream ${index}`);
    return one;
  };
  return { streams, stream, page, invalidate, onConnection, onRefused, stop };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('topicKey', () => {
  expect(topicKey('run/12')).toEqual(['run', '12']);
  expect(topicKey('connectors')).toEqual(['connectors']);
});

describe('startLiveUpdates', () => {
  const events: [data: string, expected: object | null][] = [
    ['{"topic":"run/12","version":7}', { queryKey: ['run', '12'] }],
    ['{"topic":"connectors","version":8}', { queryKey: ['connectors'] }],
    ['{"topic":"reset","version":9}', {}],
    ['{"topic":12}', null],
    ['not json', null],
  ];
  test.each(events)('%s', (data, expected) => {
    const { stream, invalidate } = start();

    stream(0).send(data);

    if (expected === null) expect(invalidate).not.toHaveBeenCalled();
    else expect(invalidate.mock.calls).toEqual([[expected]]);
  });

  test('a hidden page holds no connection and catches up when it is back', () => {
    const { streams, stream, page, invalidate } = start();

    page.show('hidden');
    expect(stream(0).close).toHaveBeenCalledOnce();
    page.show('visible');
    expect(streams).toHaveLength(2);
    expect(invalidate.mock.calls).toEqual([[{}]]);
  });

  test('a loss is told, and after it everything is fetched again', () => {
    const { stream, invalidate, onConnection } = start();

    stream(0).dispatchEvent(new Event('open'));
    expect(invalidate).not.toHaveBeenCalled();
    stream(0).dispatchEvent(new Event('error'));
    stream(0).dispatchEvent(new Event('open'));

    expect(onConnection.mock.calls).toEqual([[true], [false], [true]]);
    expect(invalidate.mock.calls).toEqual([[{}]]);
  });

  test('a refused stream is opened again later, once', () => {
    const { streams, stream, onRefused } = start();

    stream(0).readyState = 2;
    stream(0).dispatchEvent(new Event('error'));
    expect(onRefused).toHaveBeenCalledOnce();
    expect(streams).toHaveLength(1);
    vi.advanceTimersByTime(5_000);
    expect(streams).toHaveLength(2);
  });

  test('stopped is stopped', () => {
    const { streams, stream, page, stop } = start();

    stream(0).readyState = 2;
    stream(0).dispatchEvent(new Event('error'));
    stop();
    vi.advanceTimersByTime(60_000);
    page.show('hidden');
    page.show('visible');

    expect(streams).toHaveLength(1);
  });
});
