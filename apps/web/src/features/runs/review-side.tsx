import type { Plan } from '@gatehouse/contracts/plan';
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { type RefObject, useEffect, useState } from 'react';
import { formatCount } from '../../lib/format.ts';
import { chosenCount } from './facet-groups.ts';
import { FacetLists } from './facet-lists.tsx';
import classes from './review.module.css';
import { type ReviewSearch, withFilter, withSubject } from './review-search.ts';

const TYPING_RESTS = 250;

type ReviewSideProps = {
  runId: number;
  plan: Plan;
  search: ReviewSearch;
  searchRef: RefObject<HTMLInputElement | null>;
  onChange: (next: ReviewSearch, options?: { replace?: boolean }) => void;
};

/** Search, users or groups, and facets; in narrow windows the facets stand behind *Filters*. */
export function ReviewSide({ runId, plan, search, searchRef, onChange }: ReviewSideProps) {
  const [open, setOpen] = useState(false);
  const chosen = chosenCount(search);
  const subject = search.subject ?? 'user';
  const { changes, groupChanges } = plan.totals;
  return (
    <search className={classes.side} data-open={open || undefined} aria-label="Filter the changes">
      <div className={classes.sideHead}>
        <SearchField search={search} searchRef={searchRef} onChange={onChange} />
        <SegmentedControl
          fullWidth
          aria-label="Users or groups"
          data={[
            { value: 'user', label: `Users ${formatCount(changes)}` },
            { value: 'group', label: `Groups ${formatCount(groupChanges)}` },
          ]}
          value={subject}
          onChange={(next) => onChange(withSubject(search, next === 'group' ? 'group' : 'user'))}
        />
        {subject === 'user' && (
          <Button
            className={classes.filtersButton ?? ''}
            leftSection={<IconFilter size={15} stroke={1.7} />}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {chosen === 0 ? 'Filters' : `Filters (${chosen})`}
          </Button>
        )}
      </div>
      {subject === 'user' && (
        <div className={classes.facets}>
          <FacetLists runId={runId} facets={plan.facets} search={search} onChange={onChange} />
        </div>
      )}
    </search>
  );
}

type SearchFieldProps = Pick<ReviewSideProps, 'search' | 'searchRef' | 'onChange'>;

function SearchField({ search, searchRef, onChange }: SearchFieldProps) {
  const words = search.search ?? '';
  const [typed, setTyped] = useState(words);
  const tell = useDebouncedCallback((text: string) => {
    onChange(withFilter(search, { search: text.trim() }), { replace: true });
  }, TYPING_RESTS);
  // Back, *Clear filters* and links change the URL from outside.
  useEffect(() => setTyped((before) => (before.trim() === words ? before : words)), [words]);
  const label = search.subject === 'group' ? 'Find a group' : 'Find a user';
  return (
    <TextInput
      ref={searchRef}
      type="search"
      aria-label={label}
      placeholder={label}
      maxLength={200}
      leftSection={<IconSearch size={15} stroke={1.7} />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}
