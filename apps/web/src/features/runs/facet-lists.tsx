import type { Facet } from '@gatehouse/contracts/plan';
import { useState } from 'react';
import { FacetButton } from './facet-button.tsx';
import { FacetDialog } from './facet-dialog.tsx';
import { chosenFacet, type FacetGroup, facetGroups, toggledFacet } from './facet-groups.ts';
import classes from './facets.module.css';
import type { ReviewSearch } from './review-search.ts';

type FacetListsProps = {
  runId: number;
  facets: readonly Facet[];
  search: ReviewSearch;
  onChange: (next: ReviewSearch) => void;
};

/** What narrows the list further: changed attributes, groups gained and lost, reasons. */
export function FacetLists({ runId, facets, search, onChange }: FacetListsProps) {
  const [opened, setOpened] = useState<FacetGroup | null>(null);
  return (
    <>
      {facetGroups(facets).map((group) => (
        <section key={group.title} className={classes.group} aria-label={group.title}>
          <h2 className={classes.title}>{group.title}</h2>
          <ul>
            {group.shown.map((facet) => (
              <li key={`${facet.facet} ${facet.value}`}>
                <FacetButton
                  facet={facet}
                  chosen={chosenFacet(search, facet)}
                  onToggle={() => onChange(toggledFacet(search, facet))}
                />
              </li>
            ))}
          </ul>
          {group.hasMore && (
            <button type="button" className={classes.more} onClick={() => setOpened(group)}>
              {group.moreText}
            </button>
          )}
        </section>
      ))}
      <FacetDialog
        runId={runId}
        group={opened}
        search={search}
        onClose={() => setOpened(null)}
        onChange={(next) => {
          setOpened(null);
          onChange(next);
        }}
      />
    </>
  );
}
