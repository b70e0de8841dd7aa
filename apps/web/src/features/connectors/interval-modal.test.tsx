import type { Schedule } from '@gatehouse/contracts/schedule';
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { IntervalModal } from './interval-modal.tsx';

beforeAll(() => {
  // jsdom has none of these; the component library asks for them.
  window.matchMedia = (query) =>
    ({
      matches: false,
      media: query,
      addEventListener() {},
      removeEventListener() {},
    }) as unknown as MediaQueryList;
  window.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
});
afterEach(cleanup);

function open(expression: string, dialect: Schedule['dialect'] = 'unix') {
  const onUse = vi.fn();
  const schedule: Schedule = { expression, dialect, timeZone: 'Europe/Berlin' };
  render(
    <MantineProvider env="test">
      <IntervalModal opened schedule={schedule} onClose={() => {}} onUse={onUse} />
    </MantineProvider>,
  );
  const useIt = screen.getByRole<HTMLButtonElement>('button', { name: 'Use this interval' });
  return { onUse, useIt, every: screen.getByRole<HTMLInputElement>('spinbutton', { name: /^Every/ }) };
}

it('shows the present interval and hands back the changed one in the same dialect', () => {
  const { onUse, useIt, every } = open('0 0 0/4 * * ?', 'quartz');
  expect(every.value).toBe('4');

  fireEvent.keyDown(every, { key: 'ArrowUp' });
  fireEvent.click(useIt);

  const used = { expression: '0 0 0/6 * * ?', dialect: 'quartz', timeZone: 'Europe/Berlin' };
  expect(onUse).toHaveBeenCalledWith(used);
});

it('refuses a number that does not divide the day, with the reason, and hands back nothing', () => {
  const { onUse, useIt, every } = open('0 */4 * * *');

  fireEvent.change(every, { target: { value: '5' } });
  fireEvent.submit(useIt);

  expect(screen.getByRole('alert').textContent).toMatch(
    /5 does not divide a day.*Choose 1, 2, 3, 4, 6, 8 or 12/,
  );
  expect(useIt.disabled).toBe(true);
  expect(onUse).not.toHaveBeenCalled();
});

it('says when the present expression is more than it can show, and does not touch it', () => {
  const { onUse } = open('0 0 2 L * ?', 'quartz');

  expect(screen.getByText(/says more than this dialog can/).textContent).toContain('0 0 2 L * ?');
  expect(onUse).not.toHaveBeenCalled();
});
