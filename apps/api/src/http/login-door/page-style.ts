const light = `
--page: #fff; --sunken: #f5f6f8; --raised: #fff; --line: #e3e6eb; --line-2: #ccd2da;
--text: #15181e; --dim: #525a68; --ink: #1a1e26; --ink-hover: #343b48; --on-ink: #fff; --hover: #eceff3;
--accent: #2c52cf; --green: #11694a; --green-soft: #e6f5ed; --amber: #7d5200; --amber-soft: #fdf4dc;`;

const dark = `
--page: #101216; --sunken: #0c0e11; --raised: #16191e; --line: #262b33; --line-2: #3a414c;
--text: #e9ebef; --dim: #a6aebb; --ink: #e9ebef; --ink-hover: #fff; --on-ink: #15181e; --hover: #1f232a;
--accent: #9ab5ff; --green: #62d29b; --green-soft: #14352a; --amber: #edc153; --amber-soft: #372b10;`;

/** Style of the pages that users see: tokens as in the web app, a card that a phone loses. */
export const pageStyle = `
:root { color-scheme: light dark; ${light} }
@media (prefers-color-scheme: dark) { :root { ${dark} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; min-height: 100vh; min-height: 100svh; display: grid; grid-template-rows: 1fr auto; justify-items: center;
  background: var(--sunken); color: var(--text); text-rendering: optimizeLegibility; overflow-wrap: anywhere;
  font: 15px/24px "Inter Variable", Inter, system-ui, -apple-system, "Segoe UI", sans-serif; }
main { align-self: center; width: min(480px, 100vw - 40px); margin: 40px 0; padding: 37px 40px; background: var(--raised);
  border: 1px solid var(--line); border-radius: 12px; }
footer { width: 100%; padding: 0 20px 24px; text-align: center; font-size: 12px; line-height: 20px; color: var(--dim); }
footer > span + span::before { content: " · "; }
footer code { white-space: nowrap; }
footer a { display: inline-block; padding: 2px 0; }
h1, h2, p, ul, dl, dd { margin: 0; }
h1 { font-size: 24px; line-height: 32px; font-weight: 600; letter-spacing: -.012em; }
h1 + p { margin-top: 8px; color: var(--dim); }
h2 { margin-top: 20px; font-size: 14px; line-height: 20px; font-weight: 600; }
a { color: var(--accent); text-decoration: underline; text-underline-offset: 3px; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
code { font-family: "JetBrains Mono Variable", "JetBrains Mono", ui-monospace, "SF Mono", Consolas, monospace;
  font-size: .96em; font-feature-settings: "zero"; }
.hidden { padding: 0 3px; border-radius: 3px; background: var(--amber-soft); color: var(--amber); font-size: .85em; }
.whose { display: flex; align-items: center; gap: 12px; margin-bottom: 28px; }
.whose > span:first-child { flex: none; display: grid; place-items: center; width: 32px; height: 32px; border-radius: 8px;
  background: var(--ink); color: var(--on-ink); font-weight: 600; }
.whose strong { display: block; font-size: 14px; line-height: 18px; font-weight: 600; }
.whose small { display: block; font-size: 12px; line-height: 16px; color: var(--dim); }
.mark { display: grid; place-items: center; width: 40px; height: 40px; margin-bottom: 16px; border-radius: 50%;
  background: var(--green-soft); color: var(--green); }
svg { fill: none; stroke: currentColor; stroke-linecap: round; stroke-linejoin: round; }
.seen { padding: 0; list-style: none; }
.seen li { display: flex; gap: 9px; padding-top: 6px; font-size: 14px; }
.seen svg { flex: none; width: 16px; height: 24px; color: var(--dim); stroke-width: 1.7; }
.acts { display: flex; gap: 8px; margin-top: 24px; }
.act { flex: 1 1 auto; display: flex; align-items: center; justify-content: center; gap: 8px; min-height: 40px; padding: 6px 12px;
  border: 1px solid var(--line-2); border-radius: 6px; background: var(--raised); color: var(--text); font-size: 14px;
  line-height: 20px; font-weight: 500; text-align: center; text-decoration: none; }
.act:hover { background: var(--hover); }
.act.first { border-color: var(--ink); background: var(--ink); color: var(--on-ink); }
.act.first:hover { border-color: var(--ink-hover); background: var(--ink-hover); }
.note { margin-top: 12px; font-size: 13px; line-height: 20px; color: var(--dim); }
.facts { margin-top: 20px; border-top: 1px solid var(--line); font-size: 14px; line-height: 20px; }
.facts > div { display: grid; grid-template-columns: 100px 1fr; padding: 10px 0; border-bottom: 1px solid var(--line); }
.facts dt { color: var(--dim); }
.facts dd + dd { grid-column: 2; }
.quote { margin-top: 24px; padding: 14px 16px; border: 1px solid var(--line); border-radius: 8px; background: var(--sunken);
  font-size: 14px; line-height: 22px; }
.quote h2 { margin: 0; font-size: 14px; }
.quote code { display: block; margin: 8px 0 4px; font-size: 28px; line-height: 36px; user-select: all; -webkit-user-select: all; }
.quote small { display: block; font-size: 13px; line-height: 20px; color: var(--dim); }
@media (max-width: 639px) {
  body { background: var(--page); justify-items: stretch; }
  main { align-self: start; width: auto; margin: 0; padding: 24px 20px; border: 0; border-radius: 0; background: none; font-size: 16px; }
  h1 { font-size: 22px; line-height: 30px; }
  .seen li, .facts, .quote { font-size: 15px; line-height: 22px; }
  .seen svg { height: 22px; }
  .facts > div { grid-template-columns: 88px 1fr; padding: 9px 0; }
  footer > span { display: block; }
  footer > span + span::before { content: none; }
  .acts { flex-direction: column; }
  .act { min-height: 44px; font-size: 15px; }
}
@media print { footer, .acts { display: none; } }
`;
