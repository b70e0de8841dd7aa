/** What browsers say, and Vite of a style sheet, when a file of the app is not there. */
const messages = [
  'Failed to fetch dynamically imported module', // Chromium
  'error loading dynamically imported module', // Firefox
  'Importing a module script failed', // Safari
  'Unable to preload CSS', // Vite
];

/** Errors that Vite itself reported as those of a file that could not be loaded. */
const reported = new WeakSet<Error>();

window.addEventListener('vite:preloadError', (event) => {
  reported.add(event.payload);
});

/** A part of the app could not be loaded: after an update its file has another name. */
export function isLostChunk(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return reported.has(error) || messages.some((message) => error.message.startsWith(message));
}
