/**
 * A refusal in Okta's own terms; becomes the JSON body that Okta's API answers with
 * (developer.okta.com, "Error codes").
 */
export class OktaError extends Error {
  readonly status: number;
  readonly errorCode: string;
  readonly causes: readonly string[];

  constructor(status: number, errorCode: string, summary: string, causes: readonly string[] = []) {
    super(summary);
    this.name = 'OktaError';
    this.status = status;
    this.errorCode = errorCode;
    this.causes = causes;
  }
}

/** 400 E0000001: a value that Okta does not take; the causes name the fields. */
export function validationFailed(subject: string, causes: readonly string[]): OktaError {
  return new OktaError(400, 'E0000001', `Api validation failed: ${subject}`, causes);
}

/** 404 E0000007 in Okta's wording; `kind` is `User` or `UserGroup`. */
export function notFound(id: string, kind: string): OktaError {
  return new OktaError(404, 'E0000007', `Not found: Resource not found: ${id} (${kind})`);
}

/** 403 E0000006: the token's owner may not see or do that. */
export function notPermitted(): OktaError {
  return new OktaError(403, 'E0000006', 'You do not have permission to perform the requested action');
}

/** 403 E0000038: the person's status does not allow the step. */
export function wrongStatus(): OktaError {
  return new OktaError(403, 'E0000038', "This operation is not allowed in the user's current status.");
}
