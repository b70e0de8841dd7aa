import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NO_LIMITS, PUBLISHED_LIMITS, type RateLimitTable } from './api/buckets.ts';
import { RateLimiter } from './api/rate-limiter.ts';
import { AppStore } from './apps/app-store.ts';
import { buildApp } from './build-app.ts';
import { CallLog } from './calls/call-log.ts';
import { createControl, type RehearsalControl } from './control-client.ts';
import { FaultBoard } from './faults/fault-board.ts';
import { LoginFaultBoard } from './login-faults/login-fault-board.ts';
import { KeyStore } from './oidc/key-store.ts';
import { DEFAULT_RECIPE } from './org/generate-org.ts';
import { Organisation } from './org/organisation.ts';
import type { OrgRecipe } from './org/types.ts';
import { SignInSessions } from './sign-in/sessions.ts';
import { loadState, type SavedState, StateWriter } from './state/state-file.ts';
import { TokenStore } from './tokens/token-store.ts';
import type { World } from './world.ts';

export type RehearsalOptions = {
  /** 0, the default, takes a free port. */
  readonly port?: number | undefined;
  /** Where the state lives; without it nothing outlives the process. */
  readonly stateDirectory?: string | undefined;
  readonly users?: number | undefined;
  readonly groups?: number | undefined;
  readonly seed?: number | undefined;
  readonly rateLimit?: 'published' | 'off' | RateLimitTable | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
};

export type Rehearsal = {
  /** `http://127.0.0.1:<port>`; also the `Okta domain` to connect to. */
  readonly url: string;
  readonly control: RehearsalControl;
  /** Cuts open connections, writes the state and stops. */
  readonly close: () => Promise<void>;
};

/**
 * Starts a stand-in for Okta on 127.0.0.1. A size or seed that differs from that of the saved state
 * starts a new org and keeps tokens, apps and faults; what is not given is taken from the saved state.
 */
export async function startRehearsal(options: RehearsalOptions = {}): Promise<Rehearsal> {
  const now = options.now ?? Date.now;
  const saved = options.stateDirectory === undefined ? undefined : await loadState(options.stateDirectory);
  const server = createServer();
  const port = await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;

  let organisation = openOrganisation(options, saved);
  const writer =
    options.stateDirectory === undefined
      ? undefined
      : new StateWriter(options.stateDirectory, () => ({
          edits: organisation.edits(),
          tokens: tokens.list(),
          faults: [...faults.list()],
          loginFaults: loginFaults.list(),
          apps: apps.list(),
          keys: keys.list(),
        }));
  const touch = () => writer?.touch();
  const tokens = new TokenStore(saved?.tokens ?? [], touch);
  const faults = new FaultBoard(saved?.faults ?? [], touch);
  const loginFaults = new LoginFaultBoard(saved?.loginFaults ?? [], touch);
  const apps = new AppStore(saved?.apps ?? [], touch);
  const keys = new KeyStore(saved?.keys ?? [], touch);
  organisation.onEdit(touch);
  const world: World = {
    get organisation() {
      return organisation;
    },
    tokens,
    apps,
    keys,
    sessions: new SignInSessions(),
    faults,
    loginFaults,
    calls: new CallLog(),
    limiter: new RateLimiter(limitsOf(options.rateLimit)),
    origin: url,
    now,
    regenerate(recipe) {
      organisation = new Organisation(recipe);
      organisation.onEdit(touch);
      touch();
    },
  };
  server.on('request', buildApp(world));

  return {
    url,
    control: createControl(url),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await writer?.close();
    },
  };
}

function openOrganisation(options: RehearsalOptions, saved: SavedState | undefined): Organisation {
  const known = saved?.edits.recipe ?? DEFAULT_RECIPE;
  const recipe: OrgRecipe = {
    users: options.users ?? known.users,
    groups: options.groups ?? known.groups,
    seed: options.seed ?? known.seed,
  };
  const isSame = recipe.users === known.users && recipe.groups === known.groups && recipe.seed === known.seed;
  return saved && isSame ? Organisation.restore(saved.edits) : new Organisation(recipe);
}

function limitsOf(rateLimit: RehearsalOptions['rateLimit']): RateLimitTable {
  if (rateLimit === 'off') return NO_LIMITS;
  return rateLimit === undefined || rateLimit === 'published' ? PUBLISHED_LIMITS : rateLimit;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
