import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { connected } from '../lib/session.ts';
import { RouteError } from './route-error.tsx';

beforeAll(() => {
  // jsdom has it not; the component library asks for it.
  window.matchMedia = (query) =>
    ({
      matches: false,
      media: query,
      addEventListener() {},
      removeEventListener() {},
    }) as unknown as MediaQueryList;
});
afterEach(() => {
  cleanup();
  connected.set(true);
  vi.restoreAllMocks();
});

async function show(error: Error): Promise<void> {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const rootRoute = createRootRoute({
    component: () => {
      throw error;
    },
    errorComponent: RouteError,
  });
  const router = createRouter({ routeTree: rootRoute, history: createMemoryHistory() });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await screen.findByRole('button');
}

function reportedByVite(): Error {
  const error = new Error('Load failed');
  window.dispatchEvent(Object.assign(new Event('vite:preloadError'), { payload: error }));
  return error;
}

it.each<[string, () => Error]>([
  ['Chromium', () => new TypeError('Failed to fetch dynamically imported module: http://x/assets/a-1.js')],
  ['Firefox', () => new TypeError('error loading dynamically imported module: http://x/assets/a-1.js')],
  ['Safari', () => new TypeError('Importing a module script failed.')],
  ['Vite, of a style sheet', () => new Error('Unable to preload CSS for /assets/a-1.css')],
  ['Vite, of anything', reportedByVite],
])('says that Gatehouse was updated when a file is gone (%s)', async (_who, error) => {
  await show(error());

  expect(screen.getByText('Gatehouse was updated.')).toBeDefined();
  expect(screen.getByRole('button').textContent).toBe('Reload the page');
});

it('does not say so while the server does not answer', async () => {
  connected.set(false);

  await show(new TypeError('Failed to fetch dynamically imported module: http://x/assets/a-1.js'));

  expect(screen.getByText('This page could not be loaded.')).toBeDefined();
  expect(screen.getByRole('button').textContent).toBe('Reload the page');
});

it('offers to try again for any other error', async () => {
  await show(new Error('The answer is not as expected'));

  expect(screen.getByText('The answer is not as expected')).toBeDefined();
  expect(screen.getByRole('button').textContent).toBe('Try again');
});
