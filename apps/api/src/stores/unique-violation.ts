/** Whether a statement ran into a unique index: Prisma wraps the driver's error differently for raw statements. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  if (error.code === 'P2002') return true;
  const meta = 'meta' in error ? error.meta : undefined;
  return JSON.stringify(meta ?? null).includes('UniqueConstraintViolation');
}
