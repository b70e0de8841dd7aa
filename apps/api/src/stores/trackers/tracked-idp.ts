import type { IdpSettings, ProviderMetadata } from '@gatehouse/contracts/idp';

/** What trackers tell of an identity provider; never its secret. */
export type TrackedIdp = {
  /** Integer key; never leaves the process. */
  readonly id: number;
  readonly publicId: string;
  readonly state: 'draft' | 'enabled' | 'disabled';
  /** Empty while a draft has none. */
  readonly name: string;
  /** The version in force. */
  readonly settingsVersion: number;
  readonly settings: IdpSettings;
  readonly metadata: ProviderMetadata | null;
  readonly callbackUrl: string;
  readonly clientSecretSet: boolean;
};

export type TrackedIdpVersion = {
  readonly settings: IdpSettings;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly createdBy: string;
};

/** Why no test can be made with an identity provider now. */
export type UntestableIdp = {
  readonly unavailable: 'idp-disabled' | 'idp-removed' | 'idp-incomplete';
  /** What has to be entered first, with the name that its screen gives it. */
  readonly missing: readonly { readonly part: string; readonly label: string }[];
};

/** The identity providers as trackers need them. */
export interface TrackedIdps {
  /** Also one that was removed: its trackers go on naming it. */
  idpOf(idpId: number): TrackedIdp | null;
  /** Not one that was removed. */
  findIdp(publicId: string): TrackedIdp | null;
  versionOf(idpId: number, version: number): TrackedIdpVersion | null;
  /** What a test login runs with, a draft's too, or why there is none. */
  upstreamOf(publicId: string, purpose: 'test'): { readonly settingsVersion: number } | UntestableIdp;
  /** Those that a test can be started for: names and issuers only. */
  listTestable(
    limit: number,
    offset: number,
  ): { total: number; items: { id: string; name: string; issuer: string | null }[] };
}
