import type { DirectoryUserRow } from '@gatehouse/contracts/directory';
import { Link } from '@tanstack/react-router';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';

export type Origin = DirectoryUserRow['origin'];

/** Where a record or a membership comes from: a connector, as a link, or a person. */
export function OriginName({ origin, withLink = false }: { origin: Origin; withLink?: boolean }) {
  if (origin.connector === null) return <>made by hand</>;
  const name = <TextWithHiddenCharacters text={origin.connector.name} />;
  if (!withLink) return name;
  return (
    <Link to="/connectors/$connectorId" params={{ connectorId: origin.connector.id }}>
      {name}
    </Link>
  );
}

/** A membership stays while one of its origins holds it. */
export function OriginNames({ origins }: { origins: readonly Origin[] }) {
  return origins.map((origin, index) => (
    <span key={origin.connector?.id ?? 'local'}>
      {index > 0 && ' and '}
      <OriginName origin={origin} />
    </span>
  ));
}

/** One sentence: who may change the record, and where. */
export function OriginSentence({ origin, thing }: { origin: Origin; thing: 'user' | 'group' }) {
  if (origin.connector === null) {
    return <>This {thing} was made by hand or belonged to a connector that is gone. No sync changes it.</>;
  }
  return (
    <>
      Read-only: synced from Okta by <OriginName origin={origin} withLink />. Change it in Okta, the next sync
      brings it here.
    </>
  );
}
