import { describe, expect, it } from 'vitest';
import { attribute, html, plainText } from './html.ts';

describe('html', () => {
  const cases: [name: string, text: string, shown: string][] = [
    ['plain text', 'Đặng Thị Hương', 'Đặng Thị Hương'],
    [
      'markup',
      `<img src=x onerror="alert('1')">&`,
      '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;',
    ],
    ['an override', 'a\u202eb', 'a<code class="hidden">U+202E</code>b'],
    [
      'a line break and a NUL',
      'a\n\u0000',
      'a<code class="hidden">U+000A</code><code class="hidden">U+0000</code>',
    ],
    ['a zero-width space', 'ad\u200bmin', 'ad<code class="hidden">U+200B</code>min'],
    ['a joiner in Persian', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['an emoji family', '👩\u200d👧', '👩\u200d👧'],
    ['a tag beyond the first plane', 'a\u{e0041}', 'a<code class="hidden">U+E0041</code>'],
    ['100 kB', 'x'.repeat(100_000), `${'x'.repeat(300)}…`],
    ['a cut through a pair', `${'x'.repeat(299)}👩`, `${'x'.repeat(299)}…`],
  ];
  it.each(cases)('shows %s', (_name, text, shown) => {
    expect(String(html`<b>${text}</b>`)).toBe(`<b>${shown}</b>`);
  });

  it('takes markup of its own as it is, and nothing for null', () => {
    const items = ['<a>', '<b>'].map((text) => html`<li>${text}</li>`);

    expect(String(html`<ul>${items}</ul>${null}${3}`)).toBe('<ul><li>&lt;a&gt;</li><li>&lt;b&gt;</li></ul>3');
  });

  it('keeps a URL in its quotes', () => {
    expect(String(html`<a href="${attribute('/x?a=1&b="><script>')}">`)).toBe(
      '<a href="/x?a=1&amp;b=&quot;&gt;&lt;script&gt;">',
    );
  });
});

describe('plainText', () => {
  it('has no hidden characters', () => {
    expect(plainText('a\u202eb\nc')).toBe('a b c');
  });
});
