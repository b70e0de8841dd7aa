export type GridMove = { rowCount: number; current: number | null; pageSize: number };

/**
 * The row that a key moves to in a grid, or null when the key does not move. Without a current row every
 * moving key but End goes to the first one.
 */
export function nextRow(key: string, { rowCount, current, pageSize }: GridMove): number | null {
  const target = targetOf(key, current ?? -1, rowCount, pageSize);
  if (target === null || rowCount === 0) return null;
  return Math.min(rowCount - 1, Math.max(0, target));
}

function targetOf(key: string, current: number, rowCount: number, pageSize: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return current + 1;
    case 'ArrowUp':
      return current - 1;
    case 'PageDown':
      return current < 0 ? 0 : current + pageSize;
    case 'PageUp':
      return current - pageSize;
    case 'Home':
      return 0;
    case 'End':
      return rowCount - 1;
    default:
      return null;
  }
}
