/** The User Update Methods as every screen calls them; a stored word that is not known stays as it is. */
export const updateMethodLabels: Readonly<Record<string, string>> = {
  none: 'No update',
  claims: 'Update from the ID token',
  usersync: 'Update with UserSync',
  'usersync-and-claims': 'Update with UserSync, then from the ID token',
};
