import type { IdpSettings, ProviderMetadata } from '@gatehouse/contracts/idp';
import type { LoginFailureCode, LoginStepCode } from '@gatehouse/contracts/login-codes';
import type { LoginUpdate, TrackerEvent, TrackerKind } from '@gatehouse/contracts/tracker';
import type { UserAttributes } from '@gatehouse/directory/directory-person';

/** Milliseconds since 1970. Tests freeze it. */
export type Clock = () => number;

/** Everything that one login needs of an identity provider, as one unit: endpoints never travel without their issuer. */
export type Upstream = {
  /** Integer key; never leaves the process. */
  readonly idpId: number;
  readonly publicId: string;
  readonly name: string;
  readonly settingsVersion: number;
  /** A login that began under another one ends with `idp-changed`. */
  readonly loginVersion: number;
  readonly settings: IdpSettings;
  readonly metadata: ProviderMetadata;
  readonly clientSecret: string;
  /** Built from PUBLIC_URL and the IdP's id; byte-identical every time. */
  readonly callbackUrl: string;
  /** The directory that logins of this IdP belong to. */
  readonly directoryId: number;
  /** Connector of *Update with UserSync*; null with other methods. */
  readonly connectorId: number | null;
  /** http is accepted for this issuer: a loopback origin that the configuration allows. */
  readonly allowsHttp: boolean;
};

// ---------------------------------------------------------------- transactions

export type LoginTransaction = {
  readonly idpId: number;
  readonly loginVersion: number;
  readonly trackerId: number;
  readonly applicationId: number | null;
  /** Validated when the login began; null: the application's start page. */
  readonly returnUrl: string | null;
  readonly state: string;
  readonly nonce: string;
  /** PKCE code verifier, RFC 7636. */
  readonly verifier: string;
  readonly createdAt: number;
  readonly expiresAt: number;
};

export type TakenTransaction = LoginTransaction & {
  /** False: the browser has no login under this state; this is its newest one with the IdP, taken all the same. */
  readonly stateMatches: boolean;
};

/** Logins under way, bound to a browser by the secret in its cookie. */
export interface LoginTransactionStore {
  /** Durable when the promise resolves. Keeps at most 20 of one browser; the oldest go. */
  put(browserSecret: string, transaction: LoginTransaction): Promise<void>;
  /**
   * Takes the transaction of this browser, IdP and state out of the store, atomically: of twenty calls at once one gets
   * it. When the browser has none under this state (or `state` is null), its newest one with this IdP is taken, so that
   * the attempt is traced and cannot be repeated. Expired ones are answered too; the caller compares `expiresAt`.
   */
  take(browserSecret: string, idpId: number, state: string | null): Promise<TakenTransaction | null>;
}

// ---------------------------------------------------------------- people

/** A directory user as login sees it; `id` is the integer key, which never leaves the process. */
export type LoginPerson = UserAttributes & {
  readonly id: number;
  readonly publicId: string;
  readonly active: boolean;
  /** The connector that the user belongs to; null: local, or made by a login. */
  readonly connectorId: number | null;
  /** Some identity of theirs is linked by `claims`: a login made this user. False of users made by hand or by a sync. */
  readonly madeByLogin: boolean;
  readonly externalId: string | null;
  readonly revision: number;
  readonly groups: readonly string[];
};

export type IdentityLink = 'same-source' | 'claims' | 'email' | 'username';

/** Who is who in one directory. */
export interface PeopleStore {
  /** The user linked to (issuer, sub), both byte by byte. */
  findLinked(directoryId: number, issuer: string, subject: string): Promise<LoginPerson | null>;
  /** The user that this connector synced under this id, byte by byte. */
  findSynced(connectorId: number, externalId: string): Promise<LoginPerson | null>;
  /** Users of the directory with this e-mail (compared by `foldName`), at most three. */
  findByEmail(directoryId: number, email: string): Promise<readonly LoginPerson[]>;
  findByUsername(directoryId: number, username: string): Promise<LoginPerson | null>;
  /** What another (issuer, sub) of the same issuer this user is linked to, if any. */
  linkedSubjects(userId: number, issuer: string): Promise<readonly string[]>;
  /**
   * Links, or notes the login of one who is linked (their `by` stays as it was). Atomic; false when the pair belongs to
   * somebody else by now, the user is gone, is of another directory, or is linked to another subject of this issuer.
   */
  link(input: {
    readonly directoryId: number;
    readonly issuer: string;
    readonly subject: string;
    readonly userId: number;
    readonly by: IdentityLink;
  }): Promise<boolean>;
  /**
   * Creates a local-to-login user, linked to (issuer, sub) by `claims`, or changes the given one; with its directory
   * event, in one transaction under the revision that the caller saw. `name-taken`: the folded user name is somebody
   * else's. `changed`: another write came first, or the pair is linked by now.
   */
  write(input: {
    readonly directoryId: number;
    readonly person: LoginPerson | null;
    readonly attributes: UserAttributes;
    readonly issuer: string;
    readonly subject: string;
  }): Promise<
    | { readonly outcome: 'written'; readonly person: LoginPerson }
    | { readonly outcome: 'name-taken' | 'changed' }
  >;
}

/** What a single-user sync found and did. */
export type RefreshOutcome =
  | { readonly outcome: 'done'; readonly person: LoginPerson | null; readonly update: LoginUpdate }
  /** The source has the person, but the connector's rules leave them out. */
  | { readonly outcome: 'filtered'; readonly reason: string }
  /** The source does not know the person, or says that they are not active. */
  | { readonly outcome: 'gone'; readonly person: LoginPerson | null; readonly reason: string }
  /** Somebody else holds the name, or the record cannot be stored. */
  | { readonly outcome: 'failed'; readonly reason: string }
  /** No answer in time, or a refusal. */
  | { readonly outcome: 'unavailable'; readonly reason: string };

/** One person read anew from a connector. A test's refresher plans only. Two calls for one person share one read. */
export interface PersonRefresher {
  refresh(connectorId: number, externalId: string, signal: AbortSignal): Promise<RefreshOutcome>;
}

// ---------------------------------------------------------------- keys and traces

/** The provider's public keys as last seen; `null` = never. */
export interface KeyCache {
  read(idpId: number): Promise<unknown | null>;
  /** Best effort: a login does not fail for it. `null` forgets them. */
  save(idpId: number, loginVersion: number, keys: unknown): Promise<void>;
}

export type TraceEntry = Omit<TrackerEvent, 'seq' | 'at' | 'code'> & {
  readonly code: LoginFailureCode | null;
};

/** Records the steps of one login. Never throws, and redacts what it is given. */
export interface LoginTracer {
  readonly trackerId: number;
  /** A test writes nothing to the directory and links nobody. */
  readonly kind: TrackerKind;
  /** As people read it out, `4KX-9TQ`. */
  readonly publicId: string;
  record(entry: TraceEntry): void;
  /** As the IdP names the person. */
  person(label: string, userId: number | null): void;
  claims(claims: Readonly<Record<string, unknown>>): void;
  update(update: LoginUpdate): void;
  /** Writes what was recorded; a test's page follows it live. */
  flush(): Promise<void>;
  /** Ends the tracker. */
  finish(
    end:
      | { readonly outcome: 'passed' }
      | { readonly outcome: 'failed'; readonly code: LoginFailureCode; readonly step: LoginStepCode },
  ): Promise<void>;
}

/** Opens the traces of logins. */
export interface LoginTracers {
  /** A real login begins; a test's tracker is made by staff beforehand. */
  start(input: {
    readonly idpId: number;
    readonly settingsVersion: number;
    readonly applicationId: number | null;
  }): Promise<LoginTracer>;
  /** Goes on with one that is in progress; null when it is over or was deleted. */
  resume(trackerId: number): Promise<LoginTracer | null>;
}
