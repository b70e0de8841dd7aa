import type { RateLimiter } from './api/rate-limiter.ts';
import type { AppStore } from './apps/app-store.ts';
import type { CallLog } from './calls/call-log.ts';
import type { FaultBoard } from './faults/fault-board.ts';
import type { LoginFaultBoard } from './login-faults/login-fault-board.ts';
import type { KeyStore } from './oidc/key-store.ts';
import type { Organisation } from './org/organisation.ts';
import type { OrgRecipe } from './org/types.ts';
import type { SignInSessions } from './sign-in/sessions.ts';
import type { TokenStore } from './tokens/token-store.ts';

/** Everything one rehearsal consists of; handed to the API, the control and the console. */
export type World = {
  /** Replaced as a whole by `regenerate`; never keep a reference across requests. */
  readonly organisation: Organisation;
  readonly tokens: TokenStore;
  readonly apps: AppStore;
  /** The keys that sign ID tokens. */
  readonly keys: KeyStore;
  readonly sessions: SignInSessions;
  readonly faults: FaultBoard;
  readonly loginFaults: LoginFaultBoard;
  readonly calls: CallLog;
  readonly limiter: RateLimiter;
  /** Scheme, host and port under which the rehearsal answers. */
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Starts over with another org; tokens, apps and faults stay. */
  readonly regenerate: (recipe: OrgRecipe) => void;
};
