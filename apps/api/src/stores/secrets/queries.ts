export const putSecret = `insert into Secret (ownerKind, ownerId, name, cipher, updatedAt, updatedBy, usedAt)
values (?, ?, ?, ?, ?, ?, null)
on conflict (ownerKind, ownerId, name) do update set cipher = excluded.cipher, updatedAt = excluded.updatedAt,
  updatedBy = excluded.updatedBy, usedAt = null`;

export const clearSecret = 'delete from Secret where ownerKind = ? and ownerId = ? and name = ?';

export const findSecret = `select cipher, updatedAt, updatedBy, usedAt from Secret
where ownerKind = ? and ownerId = ? and name = ?`;

/** Only if it is still the secret that was used. */
export const markUsed = `update Secret set usedAt = ? where ownerKind = ? and ownerId = ? and name = ? and cipher = ?`;

export const listSecrets = `select ownerKind, ownerId, name, cipher from Secret
where (ownerKind, ownerId, name) > (?, ?, ?) order by ownerKind, ownerId, name limit 500`;

export const resealSecret = `update Secret set cipher = ? where ownerKind = ? and ownerId = ? and name = ? and cipher = ?`;
