/** The attributes that every directory user has; further ones get rules of the same shape. */
export const mappedAttributes = ['username', 'email', 'firstName', 'lastName', 'displayName'] as const;

export type MappedAttribute = (typeof mappedAttributes)[number];

/** Where a value comes from: one attribute of the source profile, or several joined by a space. */
export type AttributeSource =
  | { readonly step: 'read'; readonly from: string }
  | { readonly step: 'combine'; readonly from: readonly string[] };

export interface AttributeRule {
  readonly attribute: MappedAttribute;
  /** For messages: what the admin calls it. */
  readonly label: string;
  /** Tried in this order; the first one that is not blank gives the value. */
  readonly sources: readonly AttributeSource[];
  /** A person without it cannot be synced. */
  readonly isRequired: boolean;
  /** No control character at all; else only NUL is refused. */
  readonly isSingleLine: boolean;
  /** Longest value, in UTF-16 code units: the width of the column in Crowd and Jira. */
  readonly limit: number;
}

/** 255: the width of the name columns of Crowd's and Jira's user tables. */
const COLUMN_LIMIT = 255;

/** The mapping of an Okta profile: username is the login; a display name is made up where Okta has none. */
export const standardRules: readonly AttributeRule[] = [
  {
    attribute: 'username',
    label: 'username',
    sources: [{ step: 'read', from: 'login' }],
    isRequired: true,
    isSingleLine: true,
    limit: COLUMN_LIMIT,
  },
  {
    attribute: 'email',
    label: 'e-mail',
    sources: [{ step: 'read', from: 'email' }],
    isRequired: false,
    isSingleLine: false,
    limit: COLUMN_LIMIT,
  },
  {
    attribute: 'firstName',
    label: 'first name',
    sources: [{ step: 'read', from: 'firstName' }],
    isRequired: false,
    isSingleLine: false,
    limit: COLUMN_LIMIT,
  },
  {
    attribute: 'lastName',
    label: 'last name',
    sources: [{ step: 'read', from: 'lastName' }],
    isRequired: false,
    isSingleLine: false,
    limit: COLUMN_LIMIT,
  },
  {
    attribute: 'displayName',
    label: 'full name',
    sources: [
      { step: 'read', from: 'displayName' },
      { step: 'combine', from: ['firstName', 'lastName'] },
      { step: 'read', from: 'login' },
    ],
    isRequired: false,
    isSingleLine: false,
    limit: COLUMN_LIMIT,
  },
];

/**
 * The mapping of OpenID Connect claims (Core 5.1). Claims may come from any provider, so no attribute takes control
 * characters. A user name is taken from `preferred_username` only: an e-mail in its place could be somebody else's name.
 */
export const claimRules: readonly AttributeRule[] = [
  {
    attribute: 'username',
    label: 'username',
    sources: [{ step: 'read', from: 'preferred_username' }],
    isRequired: true,
    isSingleLine: true,
    limit: COLUMN_LIMIT,
  },
  {
    attribute: 'email',
    label: 'e-mail',
    sources: [{ step: 'read', from: 'email' }],
    isRequired: false,
    isSingleLine: true,
    limit: COLUMN_LIMIT,
  },
  {
    attribute: 'firstName',
    label: 'first name',
    sources: [{ step: 'read', from: 'given_name' }],
    isRequired: false,
    isSingleLine: true,
    limit: COLUMN_LIMIT,
  },
  {
    attribute: 'lastName',
    label: 'last name',
    sources: [{ step: 'read', from: 'family_name' }],
    isRequired: false,
    isSingleLine: true,
    limit: COLUMN_LIMIT,
  },
  {
    attribute: 'displayName',
    label: 'full name',
    sources: [
      { step: 'read', from: 'name' },
      { step: 'combine', from: ['given_name', 'family_name'] },
      { step: 'read', from: 'preferred_username' },
    ],
    isRequired: false,
    isSingleLine: true,
    limit: COLUMN_LIMIT,
  },
];
