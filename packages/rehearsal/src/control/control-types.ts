import type { z } from 'zod';
import type { App } from '../apps/app.ts';
import type { Call } from '../calls/call-log.ts';
import type { Fault } from '../faults/fault.ts';
import type { LoginFault } from '../login-faults/login-fault-board.ts';
import type { AdminKey } from '../org/admins.ts';
import type { Group, OrgRecipe, User, UserStatus } from '../org/types.ts';
import type {
  groupChangesSchema,
  groupInputSchema,
  memberChangesSchema,
  personInputSchema,
  tokenInputSchema,
  windowSchema,
} from './control-schemas.ts';

export type TokenInput = z.input<typeof tokenInputSchema>;
export type PersonInput = z.input<typeof personInputSchema>;
export type GroupCreation = z.input<typeof groupInputSchema>;
export type GroupChanges = z.input<typeof groupChangesSchema>;
export type MemberChanges = z.input<typeof memberChangesSchema>;
export type WindowInput = z.input<typeof windowSchema>;

/** A token as the control shows it; the value only in the answer to its creation. */
export type TokenView = {
  readonly id: string;
  readonly name: string;
  readonly owner: AdminKey;
  readonly created: string;
  readonly lastUsed: string | null;
};

export type GroupView = Group & { readonly memberCount: number };

/** `timesLeft` is null for a fault that stays for good. */
export type FaultView = Fault & { readonly timesLeft: number | null };

export type LoginFaultView = LoginFault & { readonly timesLeft: number | null };

export type Listed<T> = { readonly total: number; readonly items: T[] };

export type Stats = {
  readonly recipe: OrgRecipe;
  readonly users: number;
  readonly usersByStatus: Readonly<Record<UserStatus, number>>;
  readonly groups: number;
  readonly groupsByType: Readonly<Record<Group['type'], number>>;
  /** Without Everyone's. */
  readonly memberships: number;
  readonly tokens: number;
  readonly faults: number;
  readonly calls: number;
};

export type CallsView = { readonly count: number; readonly items: readonly Call[] };

export type PersonView = User;

/** An app as the control shows it, with its credentials. */
export type AppView = Omit<App, 'id' | 'secret' | 'created'> & {
  readonly clientId: string;
  /** Null unless the kind is `web`. */
  readonly clientSecret: string | null;
  readonly created: string;
};
