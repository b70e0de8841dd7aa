import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { idpQuery } from './api.ts';
import { testIdp } from './test-idp.ts';
import { useWizardState } from './use-wizard-state.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** A server that keeps what it is sent; its answers to reads can be held back. */
function server(draft = testIdp()) {
  let kept = draft.wizard;
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    if (init.method === 'PUT') {
      kept = JSON.parse(String(init.body)) as typeof kept;
      return new Response(null, { status: 204 });
    }
    return new Response(JSON.stringify({ ...draft, wizard: kept }));
  });
  return { ticks: () => kept?.ticks };
}

function start() {
  const draft = testIdp();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 60_000 } } });
  client.setQueryData(idpQuery(draft.id).queryKey, draft);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const hook = renderHook(() => useWizardState(useQuery(idpQuery(draft.id)).data ?? draft, 'credentials'), {
    wrapper,
  });
  return { draft, client, ...hook };
}

it('keeps every tick, also when an older answer comes in between', async () => {
  const { ticks } = server();
  const { result, draft, client } = start();

  act(() => result.current.onTick('open', true));
  act(() => void client.setQueryData(idpQuery(draft.id).queryKey, draft));
  act(() => result.current.onTick('choose', true));
  act(() => void client.setQueryData(idpQuery(draft.id).queryKey, draft));

  expect(result.current.ticks).toEqual(['open', 'choose']);
  await waitFor(() => expect(ticks()).toEqual(['open', 'choose']));
  await waitFor(() => expect(result.current.ticks).toEqual(['open', 'choose']));
});

it('takes a tick away, and one that could not be kept', async () => {
  const { ticks } = server();
  const { result } = start();
  act(() => result.current.onTick('open', true));
  await waitFor(() => expect(ticks()).toEqual(['open']));
  act(() => result.current.onTick('open', false));
  await waitFor(() => expect(ticks()).toEqual([]));

  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) =>
    init.method === 'PUT' ? new Response('{}', { status: 409 }) : new Response(JSON.stringify(testIdp())),
  );
  act(() => result.current.onTick('choose', true));
  expect(result.current.ticks).toEqual(['choose']);
  await waitFor(() => expect(result.current.ticks).toEqual([]));
});
