import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Replaced by the server in every answer of index.html (content security policy). */
const NONCE_PLACEHOLDER = '__NONCE__';

/** Libraries that every screen needs, in chunks of their own: they stay cached when our code changes. */
const VENDOR_GROUPS = [
  { name: 'react', test: /node_modules\/(?:\.pnpm\/)?(?:react|react-dom|scheduler)[@/]/ },
  { name: 'tanstack', test: /node_modules\/(?:\.pnpm\/)?@tanstack[+/](?!virtual|react-virtual)/ },
];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  html: { cspNonce: NONCE_PLACEHOLDER },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // A font as data: URL would be refused by the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    rolldownOptions: { output: { codeSplitting: { groups: VENDOR_GROUPS } } },
  },
  server: { proxy: { '/api': 'http://localhost:8484' } },
});
