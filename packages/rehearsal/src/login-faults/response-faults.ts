import { randomBytes } from 'node:crypto';
import type { ResponseParameter } from '../oidc/authorize.ts';
import type { LoginFault } from './login-fault-board.ts';
import type { ERROR_RESPONSE_KINDS, PLAIN_RESPONSE_KINDS } from './login-fault-input.ts';

export type ResponseFaultKind = (typeof PLAIN_RESPONSE_KINDS)[number] | (typeof ERROR_RESPONSE_KINDS)[number];

type Parameters = readonly ResponseParameter[];
type Change = (
  parameters: Parameters,
  context: { issuer: string; description: string | undefined },
) => Parameters;

/** One row a fault: what it makes of the parameters that the browser carries to the app. */
export const RESPONSE_FAULTS: Readonly<Record<ResponseFaultKind, Change>> = {
  'response-iss-wrong': (parameters) => [...parameters, ['iss', 'https://wrong-issuer.example']],
  'response-iss-added': (parameters, { issuer }) => [...parameters, ['iss', issuer]],
  'response-state-wrong': (parameters) =>
    parameters.map(([name, value]) => [
      name,
      name === 'state' ? randomBytes(24).toString('base64url') : value,
    ]),
  'response-state-missing': (parameters) => without(parameters, 'state'),
  'response-state-doubled': (parameters) => doubled(parameters, 'state'),
  'response-code-doubled': (parameters) => doubled(parameters, 'code'),
  'response-code-missing': (parameters) => without(parameters, 'code'),
  'response-access-denied': (
    parameters,
    { description = 'User is not assigned to the client application.' },
  ) => failed(parameters, 'access_denied', description),
  'response-server-error': (parameters, { description = 'The server encountered an unexpected error.' }) =>
    failed(parameters, 'server_error', description),
};

/** Applies the faults that struck, oldest first. */
export function applyResponseFaults(
  parameters: Parameters,
  faults: readonly LoginFault<ResponseFaultKind>[],
  issuer: string,
): Parameters {
  return faults.reduce((changed, fault) => {
    const description = 'description' in fault ? fault.description : undefined;
    return RESPONSE_FAULTS[fault.kind](changed, { issuer, description });
  }, parameters);
}

function without(parameters: Parameters, name: string): Parameters {
  return parameters.filter(([known]) => known !== name);
}

function doubled(parameters: Parameters, name: string): Parameters {
  return [...parameters, ...parameters.filter(([known]) => known === name)];
}

function failed(parameters: Parameters, error: string, description: string): Parameters {
  return [
    ...parameters.filter(([name]) => name === 'state'),
    ['error', error],
    ['error_description', description],
  ];
}
