import type { TrackerKind } from '@gatehouse/contracts/tracker';
import { type ExchangePorts, exchangeCode } from './exchange-code.ts';
import type { TakenLogin } from './flow.ts';
import { type IdentifyPorts, identify } from './identify.ts';
import { LoginError, type LoginPurpose, type LoginResult } from './login-result.ts';
import type {
  LoginTracer,
  LoginTracers,
  LoginTransactionStore,
  PersonRefresher,
  TakenTransaction,
  Upstream,
} from './ports.ts';
import { proveIdentity } from './prove-identity.ts';
import {
  type CallbackAnswer,
  checkAnswer,
  checkInForce,
  checkTransaction,
  parameterNames,
  readCallback,
  type UnavailableUpstream,
} from './take-login.ts';
import { asLoginError, showLive, traceFailed, tracePassed } from './trace.ts';

/** Time that UserSync may take in a login, in milliseconds. */
export const refreshLimitMs = 8000;

export type CompleteLoginInput = {
  /** From the path of the callback; the IdP itself is looked up after the transaction was taken. */
  readonly idp: {
    readonly id: number;
    readonly publicId: string;
    readonly findUpstream: () => Promise<Upstream | UnavailableUpstream>;
  };
  /** Of the browser's transaction cookie; null: it sent none. */
  readonly browserSecret: string | null;
  /** The request's query as it came, with or without its question mark. */
  readonly rawQuery: string;
};

export type CompleteLoginPorts = ExchangePorts &
  Pick<IdentifyPorts, 'people' | 'report'> & {
    readonly transactions: LoginTransactionStore;
    readonly tracers: LoginTracers;
    /** That of `test` only plans. */
    readonly refreshers: Readonly<Record<TrackerKind, PersonRefresher>>;
    /** Default 8 s. */
    readonly refreshLimitMs?: number;
  };

/**
 * Ends a login: see flow.ts. Never throws: whatever goes wrong is a result with its code, traced; what nobody foresaw is
 * handed to `report` for the server's log.
 */
export async function completeLogin(
  input: CompleteLoginInput,
  ports: CompleteLoginPorts,
): Promise<LoginResult> {
  let purpose: LoginPurpose | null = null;
  let tracer: LoginTracer | null = null;
  try {
    const answer = readCallback(input.rawQuery);
    // Before anything else: whoever comes second finds nothing, and nobody is called for a login that is not there.
    const transaction = await takeTransaction(input, answer, ports);
    const resumed = transaction === null ? null : await ports.tracers.resume(transaction.trackerId);
    purpose = transaction === null || resumed === null ? null : purposeOf(transaction, resumed);
    tracer = resumed;
    const upstream = await input.idp.findUpstream();
    tracer ??= await startTracer(input, upstream, { transaction, ports });
    checkTransaction(transaction, upstream, { idpId: input.idp.id, now: ports.now() });
    // A tracker that is over ends its login: going on under a new one would turn a test into a real login.
    if (resumed === null || purpose === null || 'unavailable' in upstream) throw trackerOver();
    return await goOn({ transaction, upstream, tracer: resumed, purpose }, { input, answer, ports });
  } catch (error) {
    return endFailed(error, { purpose, tracer, report: ports.report });
  }
}

function takeTransaction(
  { idp, browserSecret }: CompleteLoginInput,
  { state }: CallbackAnswer,
  { transactions }: CompleteLoginPorts,
): Promise<TakenTransaction | null> {
  return browserSecret === null ? Promise.resolve(null) : transactions.take(browserSecret, idp.id, state);
}

function purposeOf({ applicationId, returnUrl }: TakenTransaction, { kind }: LoginTracer): LoginPurpose {
  return { kind, applicationId, returnUrl };
}

/** Every failed login has a tracker, also one that nobody knows the beginning of; null where the IdP is gone. */
async function startTracer(
  { idp }: CompleteLoginInput,
  upstream: Upstream | UnavailableUpstream,
  rest: { readonly transaction: TakenTransaction | null; readonly ports: CompleteLoginPorts },
): Promise<LoginTracer | null> {
  const { settingsVersion } = upstream;
  if (settingsVersion === undefined) return null;
  const applicationId = rest.transaction?.applicationId ?? null;
  return rest.ports.tracers.start({ idpId: idp.id, settingsVersion, applicationId });
}

function trackerOver(): LoginError {
  return new LoginError({ code: 'transaction-expired', step: 'state-matches', facts: {} });
}

type Rest = {
  readonly input: CompleteLoginInput;
  readonly answer: CallbackAnswer;
  readonly ports: CompleteLoginPorts;
};

async function goOn(login: TakenLogin, { input, answer, ports }: Rest): Promise<LoginResult> {
  const { tracer, purpose } = login;
  checkAnswer(answer, login);
  if (!answer.parameters.get('error')) {
    const names = parameterNames(answer);
    tracePassed(tracer, { step: 'returned', fact: 'with a code', facts: { parameters: names } });
    tracePassed(tracer, {
      step: 'state-matches',
      fact: 'state matches, used once',
      expected: 'the one that was sent',
      seen: 'matches',
    });
    await showLive(tracer);
  }
  const exchange = await exchangeCode(login, input.rawQuery, ports);
  const identity = await proveIdentity(login, exchange);
  const { person, update } = await identify(identity, login, {
    people: ports.people,
    refresher: ports.refreshers[tracer.kind],
    refreshLimitMs: ports.refreshLimitMs ?? refreshLimitMs,
    report: ports.report,
    assertInForce: async () => checkInForce(login.transaction, await input.idp.findUpstream(), 'update'),
  });
  const { label, subject, issuer } = identity;
  tracer.person(label, person?.id ?? null);
  tracePassed(tracer, { step: 'result', fact: resultFact(tracer.kind, label) });
  await tracer.finish({ outcome: 'passed' });
  return { ok: true, purpose, tracker: tracer.publicId, person, label, subject, issuer, update };
}

function resultFact(kind: TrackerKind, label: string): string {
  return kind === 'test' ? `${label} would be logged in. Nothing was written.` : `${label} is logged in.`;
}

type Failed = {
  readonly purpose: LoginPurpose | null;
  readonly tracer: LoginTracer | null;
  readonly report: (error: unknown) => void;
};

async function endFailed(error: unknown, { purpose, tracer, report }: Failed): Promise<LoginResult> {
  const failed = asLoginError(error, 'result');
  const { code, step } = failed.failure;
  if (code === 'server-error') report(error instanceof LoginError ? (error.cause ?? error) : error);
  if (tracer !== null) {
    if (step === 'state-matches') tracePassed(tracer, { step: 'returned', fact: 'the browser came back' });
    traceFailed(tracer, failed);
    // The tracer never throws; a page must come out all the same.
    await tracer.finish({ outcome: 'failed', code, step }).catch(report);
  }
  return { ok: false, purpose, tracker: tracer?.publicId ?? null, failure: failed.failure };
}
