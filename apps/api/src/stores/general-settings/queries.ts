export const selectCurrent = `select version, settings, createdAt, createdBy from GeneralSettingsVersion
order by version desc limit 1`;

/** Only if the caller saw the newest; 0 = nobody saved yet. */
export const insertNext = `insert into GeneralSettingsVersion (version, settings, createdAt, createdBy)
select ?1 + 1, ?2, ?3, ?4
where coalesce((select max(version) from GeneralSettingsVersion), 0) = ?1`;
