import type { IdpSettings, ProviderMetadata } from '@gatehouse/contracts/idp';

/** What the makers of a bundle hand in. */
export type BundleSources = {
  readonly server: { readonly version: string; readonly publicUrl: string };
  readonly idp: {
    readonly publicId: string;
    readonly name: string;
    readonly state: string;
    readonly settingsVersion: number;
    readonly metadata: ProviderMetadata | null;
    readonly callbackUrl: string;
    readonly clientSecretSet: boolean;
  };
  /** The settings that the tracker was made with. */
  readonly traced: {
    readonly settings: IdpSettings;
    readonly version: number;
    /** Milliseconds since 1970. */
    readonly createdAt: number;
    readonly createdBy: string;
  };
  readonly connector: BundleConnector | null;
};

/** The connector of *Update with UserSync*. */
export type BundleConnector = {
  readonly publicId: string;
  readonly name: string;
  readonly kind: string;
  readonly settingsVersion: number;
  readonly apiTokenSet: boolean;
};

/** The configuration of a support bundle: every field is named here, and of a secret only whether it is set. */
export function bundleConfiguration({ server, idp, traced, connector }: BundleSources) {
  return {
    server: { product: 'Gatehouse', version: server.version, publicUrl: server.publicUrl },
    identityProvider: {
      id: idp.publicId,
      name: idp.name,
      state: idp.state,
      callbackUrl: idp.callbackUrl,
      clientSecret: { set: idp.clientSecretSet },
      settingsVersionInForce: idp.settingsVersion,
      settingsVersionOfThisLogin: traced.version,
      changedAt: new Date(traced.createdAt).toISOString(),
      changedBy: traced.createdBy,
      settings: settingsOf(traced.settings),
      metadata: idp.metadata === null ? null : metadataOf(idp.metadata),
    },
    connector:
      connector === null
        ? null
        : {
            id: connector.publicId,
            name: connector.name,
            kind: connector.kind,
            settingsVersion: connector.settingsVersion,
            apiToken: { set: connector.apiTokenSet },
          },
  };
}

export type BundleConfiguration = ReturnType<typeof bundleConfiguration>;

function settingsOf(settings: IdpSettings): IdpSettings {
  return {
    preset: settings.preset,
    domain: settings.domain,
    issuer: settings.issuer,
    clientId: settings.clientId,
    clientAuthentication: settings.clientAuthentication,
    signingAlgorithm: settings.signingAlgorithm,
    scopes: settings.scopes,
    maximumTokenAgeSeconds: settings.maximumTokenAgeSeconds,
    updateMethod: settings.updateMethod,
    connectorId: settings.connectorId,
    directoryId: settings.directoryId,
    createUsers: settings.createUsers,
    matchBy: settings.matchBy,
  };
}

function metadataOf(metadata: ProviderMetadata): ProviderMetadata {
  return {
    issuer: metadata.issuer,
    authorizationEndpoint: metadata.authorizationEndpoint,
    tokenEndpoint: metadata.tokenEndpoint,
    userinfoEndpoint: metadata.userinfoEndpoint,
    jwksUri: metadata.jwksUri,
    endSessionEndpoint: metadata.endSessionEndpoint,
    scopesSupported: metadata.scopesSupported,
    claimsSupported: metadata.claimsSupported,
    tokenEndpointAuthMethods: metadata.tokenEndpointAuthMethods,
    codeChallengeMethods: metadata.codeChallengeMethods,
    idTokenSigningAlgorithms: metadata.idTokenSigningAlgorithms,
    sendsIss: metadata.sendsIss,
    importedAt: metadata.importedAt,
  };
}
