import type { PersonName } from './person-names.ts';
import type { Random } from './random.ts';
import type { ProfileValue, UserProfile } from './types.ts';

const DEPARTMENTS = [
  'Engineering',
  'Sales',
  'Finance',
  'People & Culture',
  'Legal',
  'R&D',
  'Support',
  'Marketing',
  'IT Operations',
  'Facilities',
] as const;
const TITLES = ['Engineer', 'Analyst', 'Manager', 'Director', 'Specialist', 'Consultant', 'Intern'] as const;
const CITIES = [
  ['München', 'Bayern', '80331', 'DE', 'Europe/Berlin', 'de_DE'],
  ['San Francisco', 'CA', '94105', 'US', 'America/Los_Angeles', 'en_US'],
  ['Łódź', 'łódzkie', '90-001', 'PL', 'Europe/Warsaw', 'pl_PL'],
  ['東京', '東京都', '100-0001', 'JP', 'Asia/Tokyo', 'ja_JP'],
  ['São Paulo', 'SP', '01000-000', 'BR', 'America/Sao_Paulo', 'pt_BR'],
  ['London', '', 'EC1A 1BB', 'gb', 'Europe/London', 'en_GB'],
  ['Zürich', 'ZH', '8001', 'CH', 'Europe/Zurich', 'de_CH'],
  ['Reykjavík', '', '101', '', 'Atlantic/Reykjavik', 'is_IS'],
] as const;
const SKILLS = ['scala', 'négociation', '日本語', 'C++', 'public speaking'] as const;

/**
 * Fills a profile by the shares of the recipe: 30 % a display name, 75 % employment data, 60 % an
 * address, 40 % a manager (by login), 20 % custom attributes. `secondEmail` and `mobilePhone` are
 * always present, as in Okta's answers; other attributes without a value are left out.
 */
export function generateProfile(at: {
  name: PersonName;
  address: { login: string; email: string };
  position: number;
  manager: string | null;
  random: Random;
}): UserProfile {
  const { name, address, random } = at;
  const profile: Record<string, ProfileValue> & { login: string; email: string } = {
    firstName: name.firstName,
    lastName: name.lastName,
    mobilePhone: random.chance(0.2) ? `+49 151 ${1_000_000 + random.integer(9_000_000)}` : null,
    secondEmail: random.chance(0.1) ? `home${at.position}@private.example` : null,
    login: address.login,
    email: address.email,
  };
  const displayName = pickDisplayName(name, random);
  if (displayName) profile.displayName = displayName;
  if (random.chance(0.75)) fillEmployment(profile, at.position, random);
  if (random.chance(0.6)) fillAddress(profile, random);
  if (at.manager) profile.managerId = at.manager;
  if (random.chance(0.2)) fillCustom(profile, random);
  return profile;
}

function pickDisplayName(name: PersonName, random: Random): string | null {
  const kind = random.next();
  if (kind < 0.7) return null;
  if (kind < 0.72) return 'Service Account';
  return [name.firstName, name.lastName].filter(Boolean).join(' ');
}

function fillEmployment(profile: Record<string, ProfileValue>, position: number, random: Random): void {
  const kind = random.next();
  profile.userType = kind < 0.8 ? 'Employee' : kind < 0.95 ? 'Contractor' : 'Vendor';
  profile.department = random.pick(DEPARTMENTS);
  profile.title = random.pick(TITLES);
  profile.employeeNumber = String(position + 1).padStart(7, '0');
  profile.costCenter = String(100 + random.integer(40));
}

function fillAddress(profile: Record<string, ProfileValue>, random: Random): void {
  const [city, state, zipCode, countryCode, timezone, locale] = random.pick(CITIES);
  Object.assign(profile, { city, state, zipCode, countryCode, timezone, locale });
  profile.streetAddress = `${1 + random.integer(200)} Main Street`;
  profile.preferredLanguage = locale.slice(0, 2);
}

function fillCustom(profile: Record<string, ProfileValue>, random: Random): void {
  profile.badgeNumber = random.integer(100_000);
  profile.remote = random.chance(0.5);
  profile.skills = SKILLS.filter(() => random.chance(0.4));
}
