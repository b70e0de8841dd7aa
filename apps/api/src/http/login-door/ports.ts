import type { Product } from '@gatehouse/atlassian/products/login-pages';
import type { RedirectIdps } from '@gatehouse/atlassian/products/redirection';
import type { Redirection } from '@gatehouse/contracts/application';
import type { BeginLoginInput } from '@gatehouse/login/begin-login';
import type { LoginResult } from '@gatehouse/login/login-result';
import type { LoginTracers, Upstream } from '@gatehouse/login/ports';
import type { UnavailableUpstream } from '@gatehouse/login/take-login';
import type { PageOwner } from './page-frame.ts';

export type DoorApplication = {
  /** Integer key; never leaves the process. */
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly settings: Product & { readonly jsm: boolean; readonly redirection: Redirection };
  readonly isRemoved: boolean;
};

/** What pages say of an identity provider. */
export type DoorIdp = {
  readonly name: string;
  /** As people call it: Okta, or the name that an admin gave. */
  readonly word: string;
};

/** A test's link; looking at it changes nothing. */
export type LookedAtLink = {
  readonly outcome: 'ready' | 'used' | 'expired' | 'unknown';
  readonly tracker: {
    readonly id: string;
    readonly idp: { readonly id: string; readonly name: string };
    readonly startedBy: string;
    /** Milliseconds since 1970. */
    readonly expiresAt: number;
  } | null;
};

/** A link that this call used up, or why there is none. */
export type UsedUpLink = {
  readonly outcome: 'started' | 'used' | 'expired' | 'unknown';
  readonly tracker: { readonly trackerId: number; readonly idpId: number } | null;
};

/** What the doors of end users need; joined in build-login.ts. */
export type LoginDoorPorts = {
  readonly publicUrl: string;
  readonly now: () => number;
  /** In force now. */
  readonly owner: () => PageOwner;
  readonly applications: {
    findBySlug(slug: string): DoorApplication | null;
    /** Also one that was removed. */
    findById(id: number): DoorApplication | null;
  };
  readonly idps: RedirectIdps & {
    /** By public id or key, drafts among them; null: removed, or never there. */
    describe(idp: string | number): DoorIdp | null;
    /** By public id: people log in with finished ones only. */
    upstreamForLogin(publicId: string): Promise<Upstream | UnavailableUpstream>;
    /** Drafts can be tested. */
    upstreamForTest(idpId: number): Promise<Upstream | UnavailableUpstream>;
  };
  readonly tests: {
    openLink(token: string): LookedAtLink;
    useLink(token: string, userAgent: string): Promise<UsedUpLink>;
    /** Who started the test of this tracker id; null: gone. */
    startedBy(trackerId: string): string | null;
  };
  readonly tracers: LoginTracers;
  begin(input: BeginLoginInput): Promise<{ readonly redirectTo: string }>;
  /** Null: there never was such an identity provider. */
  complete(input: {
    readonly idpId: string;
    readonly browserSecret: string | null;
    readonly rawQuery: string;
  }): Promise<LoginResult | null>;
};
