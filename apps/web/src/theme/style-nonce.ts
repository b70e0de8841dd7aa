import { setNonce } from 'get-nonce';

/**
 * Hands the nonce of this page's content security policy to the libraries that add style elements. Imported
 * before anything that renders.
 */
function readStyleNonce(): void {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  const nonce = meta?.nonce || meta?.getAttribute('nonce');
  if (nonce) setNonce(nonce);
}

readStyleNonce();
