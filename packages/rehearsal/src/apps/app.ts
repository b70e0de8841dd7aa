/** Okta's application types for OpenID Connect, in the order of its page. Only `web` has a secret. */
export const APP_KINDS = ['web', 'spa', 'native'] as const;
export type AppKind = (typeof APP_KINDS)[number];

/** Who may sign in: everybody, or the people and the members of the groups that are named by id. */
export type Assignments = {
  readonly everyone: boolean;
  readonly people: readonly string[];
  readonly groups: readonly string[];
};

/** An app integration. Records are replaced, never changed in place. Its id is its client id, as in Okta. */
export type App = {
  readonly id: string;
  readonly name: string;
  readonly kind: AppKind;
  readonly status: 'ACTIVE' | 'INACTIVE';
  /** In clear, because the console shows it as Okta does; null unless `web`. */
  readonly secret: string | null;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly assignments: Assignments;
  /** "Require PKCE as additional verification"; always on without a secret. */
  readonly requirePkce: boolean;
  /** Names of groups for the `groups` claim, matched whole; null sends none. */
  readonly groupsRegex: string | null;
  /** Milliseconds since 1970. */
  readonly created: number;
};
