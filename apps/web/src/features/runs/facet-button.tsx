import type { Facet } from '@gatehouse/contracts/plan';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { Tile } from '../../components/ui/tile.tsx';
import { formatCount } from '../../lib/format.ts';
import { attributeLabel } from './attribute-labels.ts';
import classes from './facets.module.css';

type FacetButtonProps = { facet: Facet; chosen: boolean; onToggle: () => void };

/** One value of a facet with its count; a toggle. */
export function FacetButton({ facet, chosen, onToggle }: FacetButtonProps) {
  return (
    <button type="button" className={classes.facet} aria-pressed={chosen} onClick={onToggle}>
      {facet.facet === 'group-gained' && (
        <Tile state="added" size="sm" wordHidden>
          gained
        </Tile>
      )}
      {facet.facet === 'group-lost' && (
        <Tile state="cleaned-up" size="sm" wordHidden>
          lost
        </Tile>
      )}
      <span className={classes.label}>
        {facet.facet === 'attribute' ? (
          attributeLabel(facet.value, [facet])
        ) : (
          <TextWithHiddenCharacters text={facet.label} />
        )}
      </span>
      <span className={classes.count}>{formatCount(facet.count)}</span>
    </button>
  );
}
