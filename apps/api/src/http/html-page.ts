import type { Response } from 'express';

/** Text for an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

const baseStyle = `
:root { color-scheme: light dark; --ink: light-dark(#1c2330, #e6e9ef); --soft: light-dark(#566072, #a4adbd);
  --paper: light-dark(#ffffff, #14181f); --line: light-dark(#d9dee7, #323a48); --tint: light-dark(#f3f5f9, #1c222c);
  --link: light-dark(#1c54b2, #8ab4f8); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 2.5rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; }
a { color: var(--link); }
code, pre { font-family: ui-monospace, monospace; font-size: .875em; }
code { background: var(--tint); border-radius: 4px; padding: .1em .3em; }
`;

type Page = {
  status?: number;
  title: string;
  /** HTML; everything that is not ours must be escaped already. */
  body: string;
  style?: string;
};

/** A page without script, in the light or dark of the system. Its style carries the nonce of this answer. */
export function sendPage(response: Response, { status = 200, title, body, style = '' }: Page): void {
  response
    .status(status)
    .set('cache-control', 'no-store')
    .type('html')
    .send(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · Gatehouse</title>
<style nonce="${escapeHtml(String(response.locals.nonce))}">${baseStyle}${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`);
}
