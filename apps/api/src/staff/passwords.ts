import { ApiError } from '../http/errors.ts';
import { hashPassword } from '../security/password-hash.ts';
import { findPasswordProblem } from '../security/password-rules.ts';

/**
 * Judges and hashes a new password.
 * @param field of the request that it came in
 * @throws ApiError `password-weak`
 */
export async function hashNewPassword(password: string, email: string, field: string): Promise<string> {
  const problem = findPasswordProblem(password, { email });
  if (problem)
    throw new ApiError('password-weak', problem.message, { field, facts: { reason: problem.code } });
  return hashPassword(password);
}
