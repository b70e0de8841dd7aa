import { timingSafeEqual } from 'node:crypto';
import type { App } from '../apps/app.ts';
import type { AppStore } from '../apps/app-store.ts';
import { type Answer, oauthError } from './answer.ts';

/** The app behind a request to the token endpoint, or Okta's refusal. */
export type ClientVerdict = { readonly app: App } | { readonly refusal: Answer };

const BAD_CLIENT = 'Client authentication failed. Either the client or the client credentials are invalid.';

/** Authenticates by client_secret_basic, client_secret_post, or none for apps without a secret. */
export function authenticateClient(
  apps: AppStore,
  authorization: string | undefined,
  form: URLSearchParams,
): ClientVerdict {
  const basic = basicCredentials(authorization);
  if (basic && form.has('client_secret')) {
    return { refusal: oauthError(400, 'invalid_request', 'Cannot supply multiple client credentials.') };
  }
  const clientId = basic?.id ?? form.get('client_id');
  const secret = basic?.secret ?? form.get('client_secret');
  if (!clientId) return refuse('No client credentials found.');
  const app = apps.find(clientId);
  if (app?.status !== 'ACTIVE') return refuse("Invalid value for 'client_id' parameter.");
  if (app.secret === null) return secret === null ? { app } : refuse(BAD_CLIENT);
  if (secret === null) return refuse(BAD_CLIENT);
  if (isSame(secret, app.secret)) return { app };
  return refuse('The client secret supplied for a confidential client is invalid.');
}

function refuse(description: string): ClientVerdict {
  const { status, headers, body } = oauthError(401, 'invalid_client', description);
  return { refusal: { status, headers: { ...headers, 'www-authenticate': 'Basic realm="Okta"' }, body } };
}

/** RFC 6749, 2.3.1: both parts are form-encoded before they become the user and the password. */
export function basicCredentials(header: string | undefined): { id: string; secret: string } | undefined {
  const [, encoded] = /^basic ([A-Za-z\d+/=_-]+)$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  return { id: formDecode(text.slice(0, colon)), secret: formDecode(text.slice(colon + 1)) };
}

function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function isSame(left: string, right: string): boolean {
  const [first, second] = [Buffer.from(left), Buffer.from(right)];
  return first.length === second.length && timingSafeEqual(first, second);
}
