import type { Figure } from './benchmark.ts';

/** One line of JSON: name, unit, value, limit, ratio. */
export function figureAsJson(figure: Figure): string {
  const { name, unit, value, limit } = figure;
  const ratio = limit === null ? null : rounded(value / limit, 2);
  return JSON.stringify({
    name,
    unit,
    value: rounded(value, 3),
    limit: limit === null ? null : rounded(limit, 3),
    ratio,
  });
}

/** One row for people. */
export function figureAsRow({ name, unit, value, limit }: Figure): string {
  const row = `${name.padEnd(26)}${display(value).padStart(10)} ${unit}`;
  if (limit === null) return row;
  return `${row.padEnd(42)}limit ${display(limit).padStart(8)} ${unit.padEnd(3)}${(value / limit).toFixed(2)} ×`;
}

function display(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : 2);
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
