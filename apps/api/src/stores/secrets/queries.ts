/** In the owner's batch, right after the statement that changed the owner (or its audit entry); nothing otherwise. */
export const putSecret = `insert into Secret (ownerKind, ownerId, name, cipher, updatedAt, updatedBy, usedAt)
select ?, ?, ?, ?, ?, ?, null where changes() > 0
on conflict (ownerKind, ownerId, name) do update set cipher = excluded.cipher, updatedAt = excluded.updatedAt,
  updatedBy = excluded.updatedBy, usedAt = null`;

/** As `putSecret`. */
export const clearSecret =
  'delete from Secret where changes() > 0 and ownerKind = ? and ownerId = ? and name = ?';

export const findSecret = `select cipher, updatedAt, updatedBy, usedAt from Secret
where ownerKind = ? and ownerId = ? and name = ?`;

/** Only if it is still the secret that was used. */
export const markUsed = `update Secret set usedAt = ? where ownerKind = ? and ownerId = ? and name = ? and cipher = ?`;

export const listSecrets = `select ownerKind, ownerId, name, cipher from Secret
where (ownerKind, ownerId, name) > (?, ?, ?) order by ownerKind, ownerId, name limit 500`;

export const resealSecret = `update Secret set cipher = ? where ownerKind = ? and ownerId = ? and name = ? and cipher = ?`;

export const listLasting = `select ownerKind, ownerId, name, cipher from Secret where ownerKind in ('connector', 'idp')
order by ownerKind, ownerId, name`;
