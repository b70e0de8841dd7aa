/** Where the walk ended: an answer of the rehearsal, or a redirect away from it. */
export type AuthorizeAttempt = {
  readonly status: number;
  /** Text of the page, without markup; empty for a redirect. */
  readonly text: string;
  /** Where the browser would go next; null when a page is shown. */
  readonly location: string | null;
};

/** Okta showed a page of its own instead of going back to the app. */
export class SignInError extends Error {
  readonly status: number;

  constructor(status: number, text: string) {
    super(`The rehearsal answered ${status} and did not go back to the app: ${text}`);
    this.name = 'SignInError';
    this.status = status;
  }
}

/** The cookies of one browser, as far as one host needs them. */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  header(): Record<string, string> {
    if (this.#cookies.size === 0) return {};
    return { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  }

  keep(response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split(';');
      const equals = pair.indexOf('=');
      const isOver = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute));
      if (isOver) this.#cookies.delete(pair.slice(0, equals));
      else this.#cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
    }
  }
}

/**
 * Walks from an authorization URL over the sign-in page back to the app, as a browser does, and answers
 * with the callback URL and its parameters without calling it. With the jar of an earlier walk the
 * second one is silent, and `login` does not matter. Throws SignInError when the rehearsal shows a page
 * of its own, such as a refused person or an unknown redirect URI.
 */
export async function signInAs(
  authorizeUrl: string,
  login: string,
  options: { jar?: CookieJar } = {},
): Promise<string> {
  const jar = options.jar ?? new CookieJar();
  const first = await attemptAuthorize(authorizeUrl, { jar });
  if (first.location === null) throw new SignInError(first.status, first.text);
  const { origin } = new URL(authorizeUrl);
  if (!first.location.startsWith(`${origin}/signin/`)) return first.location;

  const response = await fetch(first.location, {
    method: 'POST',
    body: new URLSearchParams({ person: login }),
    headers: jar.header(),
    redirect: 'manual',
  });
  jar.keep(response);
  const location = response.headers.get('location');
  if (location === null) throw new SignInError(response.status, plainText(await response.text()));
  return location;
}

/** Opens an authorization URL and does not follow where it leads. */
export async function attemptAuthorize(
  authorizeUrl: string,
  options: { jar?: CookieJar } = {},
): Promise<AuthorizeAttempt> {
  const response = await fetch(authorizeUrl, {
    headers: { accept: 'text/html', ...options.jar?.header() },
    redirect: 'manual',
  });
  options.jar?.keep(response);
  const location = response.headers.get('location');
  const text = await response.text();
  return { status: response.status, text: location === null ? plainText(text) : '', location };
}

function plainText(markup: string): string {
  const [, main = markup] = /<main[^>]*>(.*)<\/main>/s.exec(markup) ?? [];
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return main
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_entity, name: string) => entities[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}
