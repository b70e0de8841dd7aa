import type { ChangeOperation, Facet } from '@gatehouse/contracts/plan';

const LABELS: Record<string, string> = {
  username: 'username',
  email: 'e-mail',
  displayName: 'full name',
  firstName: 'first name',
  lastName: 'last name',
  name: 'name',
  description: 'description',
  active: 'status',
};

/** The word for an attribute in lists; facets of the plan know more attributes than this table. */
export function attributeLabel(attribute: string, facets: readonly Facet[] = []): string {
  const known = LABELS[attribute];
  if (known !== undefined) return known;
  return facets.find(({ facet, value }) => facet === 'attribute' && value === attribute)?.label ?? attribute;
}

export const operationWords: Record<ChangeOperation, string> = {
  create: 'create',
  update: 'update',
  enable: 'enable',
  disable: 'disable',
  delete: 'delete',
  anonymize: 'anonymize',
  restore: 'restore',
  skip: 'not written',
};
