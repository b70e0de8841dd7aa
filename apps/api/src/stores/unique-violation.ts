/**
 * Whether a statement ran into a unique index: of a step it is the driver's own error, and Prisma wraps that
 * differently for raw statements.
 */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  if (error.code === 'P2002' || error.code === 'SQLITE_CONSTRAINT_UNIQUE') return true;
  const meta = 'meta' in error ? error.meta : undefined;
  return JSON.stringify(meta ?? null).includes('UniqueConstraintViolation');
}
