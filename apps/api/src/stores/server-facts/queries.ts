export const findFact = 'select value from ServerFact where key = ?';

export const insertFactOnce = `insert into ServerFact (key, value, updatedAt) values (?, ?, ?)
on conflict (key) do nothing`;

export const putFact = `insert into ServerFact (key, value, updatedAt) values (?, ?, ?)
on conflict (key) do update set value = excluded.value, updatedAt = excluded.updatedAt`;
