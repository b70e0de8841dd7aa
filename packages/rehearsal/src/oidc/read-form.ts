import type { IncomingMessage } from 'node:http';
import { OktaError } from '../okta-error.ts';

const LONGEST = 64 * 1024;

/** The form in a request's body. Throws OktaError when it is too long or something else. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) {
    throw new OktaError(
      415,
      'E0000021',
      'Bad request. Accept and/or Content-Type headers likely do not match supported values.',
    );
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > LONGEST) throw new OktaError(413, 'E0000001', 'Api validation failed: the body is too long');
    chunks.push(chunk as Buffer);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
