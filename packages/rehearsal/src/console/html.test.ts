import { describe, expect, it } from 'vitest';
import { html } from './html.ts';
import { OneTimeValues } from './one-time-values.ts';

describe('html', () => {
  it.each<[string, unknown, string]>([
    ['text', '<b>"&\'</b>', '<p>&lt;b&gt;&quot;&amp;&#39;&lt;/b&gt;</p>'],
    ['a number', 7, '<p>7</p>'],
    ['zero', 0, '<p>0</p>'],
    ['null', null, '<p></p>'],
    ['undefined', undefined, '<p></p>'],
    ['false', false, '<p></p>'],
    ['markup of its own', html`<b>${'<'}</b>`, '<p><b>&lt;</b></p>'],
    ['a list', ['<', html`<i>x</i>`, [1, 2]], '<p>&lt;<i>x</i>12</p>'],
  ])('renders %s', (_name, value, expected) => {
    expect(html`<p>${value as string}</p>`.markup).toBe(expected);
  });
});

describe('OneTimeValues', () => {
  it('shows a value once, and not after ten minutes', () => {
    const values = new OneTimeValues();
    values.put('a', 'one', 0);
    values.put('b', 'two', 0);

    expect([values.take('a', 1000), values.take('a', 1000)]).toEqual(['one', undefined]);
    expect(values.take('b', 600_000)).toBeUndefined();
  });
});
