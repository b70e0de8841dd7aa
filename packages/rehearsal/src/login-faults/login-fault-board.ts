import { randomUUID } from 'node:crypto';
import type { Step } from '../oidc/authorization-server.ts';
import type { LoginFaultKind, LoginFaultSettings } from './login-fault-input.ts';

/** A login fault that is set. */
export type LoginFault<Kind extends LoginFaultKind = LoginFaultKind> = Extract<
  LoginFaultSettings,
  { kind: Kind }
> & {
  readonly id: string;
  readonly createdAt: string;
  /** Requests that matched, harmed or not. */
  seen: number;
  /** Requests harmed. */
  hits: number;
};

/** A request, as far as login faults look at it; the client id is null where it is not known. */
export type LoginTarget = { readonly step: Step; readonly clientId: string | null };

/** The login faults that are set. Spent ones stay listed until they are cleared. */
export class LoginFaultBoard {
  #faults: LoginFault[];
  readonly #onChange: () => void;

  constructor(faults: readonly LoginFault[], onChange: () => void) {
    this.#faults = faults.map((fault) => ({ ...fault }));
    this.#onChange = onChange;
  }

  list(): readonly LoginFault[] {
    return this.#faults;
  }

  add(settings: LoginFaultSettings, now: number): LoginFault {
    const fault = {
      ...settings,
      id: randomUUID(),
      createdAt: new Date(now).toISOString(),
      seen: 0,
      hits: 0,
    };
    this.#faults.push(fault);
    this.#onChange();
    return fault;
  }

  /** Clears one fault, or all; answers with how many. */
  clear(id?: string): number {
    const before = this.#faults.length;
    this.#faults = id === undefined ? [] : this.#faults.filter((fault) => fault.id !== id);
    if (this.#faults.length !== before) this.#onChange();
    return before - this.#faults.length;
  }

  /** Whether a fault of the kind is listed, spent or not: what belongs to it stays in the JWKS so long. */
  isListed(kind: LoginFaultKind): boolean {
    return this.#faults.some((fault) => fault.kind === kind);
  }

  /** Every fault of these kinds that strikes this request, oldest first, each counted as a hit. */
  strike<Kind extends LoginFaultKind>(kinds: readonly Kind[], target: LoginTarget): LoginFault<Kind>[] {
    const struck: LoginFault<Kind>[] = [];
    for (const fault of this.#faults) {
      if (!isOneOf(fault, kinds) || timesLeftOf(fault) === 0 || !isAimedAt(fault, target)) continue;
      fault.seen += 1;
      this.#onChange();
      if (fault.seen <= fault.skip) continue;
      fault.hits += 1;
      struck.push(fault);
    }
    return struck;
  }
}

/** How often a fault can still strike; null for good. */
export function timesLeftOf(fault: LoginFault): number | null {
  return fault.times === null ? null : Math.max(0, fault.times - fault.hits);
}

function isOneOf<Kind extends LoginFaultKind>(
  fault: LoginFault,
  kinds: readonly Kind[],
): fault is LoginFault<Kind> {
  return kinds.some((kind) => kind === fault.kind);
}

function isAimedAt(fault: LoginFault, target: LoginTarget): boolean {
  if ('step' in fault && fault.step !== target.step) return false;
  return fault.clientId === null || fault.clientId === target.clientId;
}
