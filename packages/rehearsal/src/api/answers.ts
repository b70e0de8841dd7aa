import type { OrgRecipe } from '../org/types.ts';

/** The name the org goes by. */
export const ORG_NAME = 'Northwind Rehearsal';

/** `GET /.well-known/okta-organization`: public, and how a client knows that Okta answers. */
export function organizationMetadata(origin: string, recipe: OrgRecipe): Record<string, unknown> {
  return {
    id: orgId(recipe),
    _links: { organization: { href: origin } },
    pipeline: 'idx',
    settings: { analyticsCollectionEnabled: false, bugReportingEnabled: false, omEnabled: false },
  };
}

/** `GET /api/v1/org` (Okta's `OrgSetting`). */
export function orgSettings(origin: string, recipe: OrgRecipe): Record<string, unknown> {
  return {
    id: orgId(recipe),
    subdomain: 'rehearsal',
    companyName: ORG_NAME,
    status: 'ACTIVE',
    website: 'https://www.rehearsal.example',
    address1: '1 Rehearsal Square',
    address2: null,
    city: 'Reykjavík',
    state: null,
    country: 'IS',
    postalCode: '101',
    phoneNumber: null,
    supportPhoneNumber: null,
    endUserSupportHelpURL: null,
    created: '2012-03-05T09:00:00.000Z',
    lastUpdated: '2012-03-05T09:00:00.000Z',
    expiresAt: null,
    _links: {
      preferences: { href: `${origin}/api/v1/org/preferences` },
      contacts: { href: `${origin}/api/v1/org/contacts` },
    },
  };
}

function orgId(recipe: OrgRecipe): string {
  return `00oRehearsal${String(recipe.seed).padStart(8, '0').slice(-8)}`;
}
