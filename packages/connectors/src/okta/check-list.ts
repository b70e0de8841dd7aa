import {
  type ConnectionCheck,
  type ConnectionCheckCode,
  connectionCheckCodes,
} from '@gatehouse/contracts/connector';
import { sourceErrorWords } from '@gatehouse/contracts/source-error-words';
import { SourceError } from '@gatehouse/sync/source';

const labels: Readonly<Record<ConnectionCheckCode, string>> = {
  'reaches-host': 'Reaches the host',
  'answers-as-okta': 'Answers as Okta',
  'token-accepted': 'Token accepted',
  'may-list-users': 'May list users',
  'may-list-groups': 'May list groups',
  'may-list-members': 'May list members of a group',
  'rate-limit-left': 'Rate limit left',
  'token-sees': 'What the token can see',
};

export type Problem = NonNullable<ConnectionCheck['problem']>;

/** A problem of our own reading, without an answer of Okta behind it. */
export type OwnProblem = Pick<Problem, 'code' | 'saw' | 'matters' | 'advice' | 'field'>;

export type CheckFinding = {
  readonly state: 'passed' | 'warning' | 'skipped';
  readonly fact: string | null;
  readonly problem?: OwnProblem;
};

export type Step = {
  readonly code: ConnectionCheckCode;
  /** Checks without which this one is pointless. */
  readonly needs: readonly ConnectionCheckCode[];
  /** False for a step that makes no call: it has no time to show. */
  readonly isTimed: boolean;
  /** @throws SourceError: the check failed */
  readonly work: () => Promise<CheckFinding>;
};

/** The checklist before anything was tried. */
export function waitingChecks(): ConnectionCheck[] {
  return connectionCheckCodes.map((code) => blankCheck(code, 'waiting'));
}

/** Runs steps one after the other and tells each change of a check as it happens. */
export class CheckList {
  readonly #checks = new Map<ConnectionCheckCode, ConnectionCheck>();
  readonly #onCheck: (check: ConnectionCheck) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly #clock: () => number;

  constructor(onCheck: (check: ConnectionCheck) => void, clock: () => number) {
    this.#onCheck = onCheck;
    this.#clock = clock;
  }

  get checks(): ConnectionCheck[] {
    return [...this.#checks.values()];
  }

  get outcome(): 'passed' | 'warning' | 'failed' {
    const states = new Set(this.checks.map((check) => check.state));
    if (states.has('failed')) return 'failed';
    return states.has('warning') ? 'warning' : 'passed';
  }

  /** @throws what the step throws, unless it is a source's error other than `cancelled` */
  async run(step: Step): Promise<void> {
    const { code } = step;
    if (!step.needs.every((needed) => this.#isUsable(needed))) {
      this.#set(blankCheck(code, 'skipped'));
      return;
    }
    this.#set(blankCheck(code, 'running'));
    const startedAt = this.#clock();
    const time = () => (step.isTimed ? Math.max(1, Math.round(this.#clock() - startedAt)) : null);
    try {
      const { state, fact, problem } = await step.work();
      this.#set({
        ...blankCheck(code, state),
        fact,
        durationMs: time(),
        problem: problem === undefined ? null : { ...problem, ...withoutTrail },
      });
    } catch (error) {
      if (!(error instanceof SourceError) || error.code === 'cancelled') throw error;
      this.#set({ ...blankCheck(code, 'failed'), durationMs: time(), problem: problemOf(error) });
    }
  }

  #isUsable(code: ConnectionCheckCode): boolean {
    const state = this.#checks.get(code)?.state;
    return state === 'passed' || state === 'warning';
  }

  #set(check: ConnectionCheck): void {
    this.#checks.set(check.code, check);
    this.#onCheck(check);
  }
}

const withoutTrail = { oktaCode: null, oktaErrorId: null, oktaRequestId: null };

function problemOf({ code, facts }: SourceError): Problem {
  const words = sourceErrorWords({ code, facts: { ...facts } });
  const fallback = { saw: code, matters: '', advice: '', field: null };
  return {
    code,
    ...(words ?? fallback),
    oktaCode: textOrNull(facts.oktaCode),
    oktaErrorId: textOrNull(facts.oktaErrorId),
    oktaRequestId: textOrNull(facts.oktaRequestId),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function blankCheck(code: ConnectionCheckCode, state: ConnectionCheck['state']): ConnectionCheck {
  return { code, label: labels[code], state, fact: null, durationMs: null, problem: null };
}
