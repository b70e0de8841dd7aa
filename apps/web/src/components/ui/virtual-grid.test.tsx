import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { VirtualGrid } from './virtual-grid.tsx';

const VIEW = { width: 800, height: 32 + 20 * 36 };

class StubResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', StubResizeObserver);
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(VIEW.height);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(VIEW.width);
  Element.prototype.scrollTo = vi.fn();
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

type Callbacks = {
  onSelect?: (index: number) => void;
  onOpen?: (index: number) => void;
  onClose?: () => void;
  onSearch?: () => void;
  onVisibleRange?: (first: number, last: number) => void;
  getRow?: (index: number) => string | undefined;
};

function Grid({ onSelect, onOpen, onClose, onSearch, onVisibleRange, getRow }: Callbacks) {
  const [selected, setSelected] = useState<number | null>(null);
  return (
    <VirtualGrid
      label="Changes"
      noun="users"
      rowCount={100_000}
      columns={[{ key: 'user', header: 'User', width: '1fr', cell: (row: string) => row }]}
      getRow={getRow ?? ((index) => `user ${index}`)}
      selectedIndex={selected}
      onSelect={(index) => {
        setSelected(index);
        onSelect?.(index);
      }}
      onOpen={onOpen ?? (() => {})}
      onClose={onClose ?? (() => {})}
      onSearch={onSearch ?? (() => {})}
      onVisibleRange={onVisibleRange ?? (() => {})}
    />
  );
}

describe('VirtualGrid', () => {
  test('holds the rows in view only and tells the number of all', () => {
    render(<Grid />);

    const grid = screen.getByRole('grid', { name: 'Changes' });
    expect(grid.getAttribute('aria-rowcount')).toBe('100001');
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
    expect(screen.getByText('user 0').closest('[role=row]')?.getAttribute('aria-rowindex')).toBe('2');
  });

  test('asks for what is on screen', () => {
    const onVisibleRange = vi.fn();
    render(<Grid onVisibleRange={onVisibleRange} />);

    const [first, last] = onVisibleRange.mock.lastCall ?? [];
    expect(first).toBe(0);
    expect(last).toBeGreaterThanOrEqual(19);
    expect(last).toBeLessThan(60);
  });

  test('a row on its way keeps its place', () => {
    render(<Grid getRow={() => undefined} />);

    expect(screen.getAllByRole('row').length).toBeGreaterThan(10);
    expect(screen.queryByText(/^user \d/)).toBeNull();
  });

  test('keys move the selected row, Enter opens it, / goes to the search', () => {
    const onSelect = vi.fn();
    const onOpen = vi.fn();
    const onSearch = vi.fn();
    render(<Grid onSelect={onSelect} onOpen={onOpen} onSearch={onSearch} />);
    const grid = screen.getByRole('grid');

    for (const key of ['ArrowDown', 'ArrowDown', 'PageDown', 'ArrowUp', 'Home', 'Enter', 'End', '/', 'x']) {
      fireEvent.keyDown(grid, { key });
    }

    expect(onSelect.mock.calls.flat()).toEqual([0, 1, 21, 20, 0, 99_999]);
    expect(onOpen.mock.calls.flat()).toEqual([0]);
    expect(onSearch).toHaveBeenCalledOnce();
  });

  test('Escape closes what stands beside the list', () => {
    const onClose = vi.fn();
    render(<Grid onClose={onClose} />);

    fireEvent.keyDown(screen.getByRole('grid'), { key: 'Escape' });

    expect(onClose).toHaveBeenCalledOnce();
  });

  test.each([
    { where: 'the page', find: () => document.body, times: 1 },
    { where: 'a button', find: () => screen.getByRole('button'), times: 1 },
    { where: 'a text field', find: () => screen.getByRole('textbox'), times: 0 },
    { where: 'an open dialog', find: () => screen.getByText('Sure?'), times: 0 },
  ])('/ on $where searches $times times', ({ find, times }) => {
    const onSearch = vi.fn();
    render(
      <>
        <input aria-label="Name" />
        <button type="button">Export</button>
        <dialog open>
          <p>Sure?</p>
        </dialog>
        <Grid onSearch={onSearch} />
      </>,
    );

    fireEvent.keyDown(find(), { key: '/' });

    expect(onSearch).toHaveBeenCalledTimes(times);
  });

  test('keys with a modifier stay the browser’s', () => {
    const onSelect = vi.fn();
    render(<Grid onSelect={onSelect} />);

    fireEvent.keyDown(screen.getByRole('grid'), { key: 'ArrowDown', altKey: true });

    expect(onSelect).not.toHaveBeenCalled();
  });

  test('the selected row is the active descendant', () => {
    render(<Grid />);
    const grid = screen.getByRole('grid');

    fireEvent.click(screen.getByText('user 2'));

    const row = screen.getByText('user 2').closest('[role=row]');
    expect(row?.getAttribute('aria-selected')).toBe('true');
    expect(grid.getAttribute('aria-activedescendant')).toBe(row?.id);
  });
});
