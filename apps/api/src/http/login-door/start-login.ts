import { productLoginUrl } from '@gatehouse/atlassian/products/login-pages';
import { redirectionTarget } from '@gatehouse/atlassian/products/redirection';
import { validateReturnUrl } from '@gatehouse/atlassian/products/return-url';
import { LoginError, type LoginFailure } from '@gatehouse/login/login-result';
import type { LoginTracer, Upstream } from '@gatehouse/login/ports';
import { asLoginError, traceFailed } from '@gatehouse/login/trace';
import type { DoorApplication, LoginDoorPorts } from './ports.ts';
import type { StartQuery } from './start-query.ts';

/** Where the browser goes now, or why it stays. */
export type StartAnswer =
  /** `why`: for the log; null when it goes to the identity provider. */
  | { readonly redirectTo: string; readonly why: string | null }
  | { readonly failure: LoginFailure; readonly tracker: string; readonly cause: unknown };

type Begin = {
  readonly upstream: Upstream;
  readonly tracer: LoginTracer;
  readonly browserSecret: string;
  readonly applicationId: number | null;
  readonly returnUrl: string | null;
  readonly prompt?: string;
};

/**
 * A product sent somebody: on to the identity provider, or back to the product's own login page when the switch is off,
 * or when there is no identity provider that could log anybody in. Nobody is locked out by a switch.
 */
export async function startLogin(
  ports: LoginDoorPorts,
  application: DoorApplication,
  input: {
    readonly query: StartQuery;
    /** Of this browser; a cookie is made only when a login begins. */
    readonly browserSecret: () => string;
  },
): Promise<StartAnswer> {
  const { settings } = application;
  const { isPortal, returnValue, isPermissionViolation } = input.query;
  const portal = isPortal && settings.kind === 'jira';
  const returnUrl = validateReturnUrl(settings, returnValue, { portal });
  const goLocal = (why: string): StartAnswer => ({
    redirectTo: productLoginUrl(settings, { nosso: true, portal, returnUrl }),
    why,
  });

  if (!(portal ? settings.redirection.portal : settings.redirection.enabled)) return goLocal('switched off');
  const { idp, lock } = redirectionTarget(settings.redirection.idpId, ports.idps);
  if (idp === null) return goLocal(lock ?? 'no-idp');
  const upstream = await ports.idps.upstreamForLogin(idp.id);
  if ('unavailable' in upstream) return goLocal(upstream.unavailable);

  const { idpId, settingsVersion } = upstream;
  const applicationId = application.id;
  const tracer = await ports.tracers.start({ idpId, settingsVersion, applicationId });
  const browserSecret = input.browserSecret();
  return begin(ports, {
    upstream,
    tracer,
    browserSecret,
    applicationId,
    returnUrl,
    ...(isPermissionViolation ? { prompt: 'login' } : {}),
  });
}

/** The *Continue* of a test: its link is used up already, its tracker runs. */
export async function startTest(
  ports: LoginDoorPorts,
  test: { readonly trackerId: number; readonly idpId: number },
  browserSecret: string,
): Promise<StartAnswer | 'over'> {
  const tracer = await ports.tracers.resume(test.trackerId);
  if (tracer === null) return 'over';
  const upstream = await ports.idps.upstreamForTest(test.idpId);
  if ('unavailable' in upstream) {
    const failure = { code: upstream.unavailable, step: 'sent-to-idp', facts: {} } as const;
    return end(tracer, new LoginError(failure));
  }
  return begin(ports, { upstream, tracer, browserSecret, applicationId: null, returnUrl: null });
}

async function begin(ports: LoginDoorPorts, input: Begin): Promise<StartAnswer> {
  try {
    const { redirectTo } = await ports.begin(input);
    return { redirectTo, why: null };
  } catch (error) {
    return end(input.tracer, asLoginError(error, 'sent-to-idp'));
  }
}

async function end(tracer: LoginTracer, error: LoginError): Promise<StartAnswer> {
  const { failure } = error;
  traceFailed(tracer, error);
  await tracer.finish({ outcome: 'failed', code: failure.code, step: failure.step });
  return { failure, tracker: tracer.publicId, cause: error.cause };
}
