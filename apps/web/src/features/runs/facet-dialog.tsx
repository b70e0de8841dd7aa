import type { Facet } from '@gatehouse/contracts/plan';
import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { formatCount } from '../../lib/format.ts';
import { fetchFacet, runKey } from './api.ts';
import { FacetButton } from './facet-button.tsx';
import { chosenFacet, type FacetGroup, toggledFacet } from './facet-groups.ts';
import classes from './facets.module.css';
import type { ReviewSearch } from './review-search.ts';

type FacetDialogProps = {
  runId: number;
  /** Null: closed. */
  group: FacetGroup | null;
  search: ReviewSearch;
  onClose: () => void;
  onChange: (next: ReviewSearch) => void;
};

/** All values of a facet with a search: an org has thousands of groups, the side shows the most frequent. */
export function FacetDialog({ group, onClose, ...rest }: FacetDialogProps) {
  return (
    <Modal opened={group !== null} onClose={onClose} title={group?.title ?? ''}>
      {group !== null && <FacetList group={group} {...rest} />}
    </Modal>
  );
}

function FacetList({
  runId,
  group,
  search,
  onChange,
}: Omit<FacetDialogProps, 'onClose'> & { group: FacetGroup }) {
  const [kind, setKind] = useState<Facet['facet']>(group.kinds[0] ?? 'attribute');
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed.trim(), 250);
  const values = useFacetValues(runId, kind, words);
  const total = values.data?.pages[0]?.total ?? 0;
  const shown = values.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={classes.dialog}>
      {group.kinds.length > 1 && (
        <SegmentedControl
          aria-label="Gained or lost"
          data={[
            { value: 'group-gained', label: 'Gained' },
            { value: 'group-lost', label: 'Lost' },
          ]}
          value={kind}
          onChange={(next) => setKind(next as Facet['facet'])}
        />
      )}
      <TextInput
        data-autofocus
        type="search"
        aria-label={`Find in ${group.title.toLowerCase()}`}
        placeholder="Find a value"
        leftSection={<IconSearch size={15} stroke={1.7} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {values.isError && (
        <ErrorPanel
          title="The values could not be read"
          error={values.error}
          onRetry={() => void values.refetch()}
        />
      )}
      {values.isPending && <SkeletonRows label="Loading the values" rows={6} rowHeight={28} />}
      {values.isSuccess && total === 0 && <p>{words === '' ? 'Nothing here.' : 'No value matches.'}</p>}
      <ul className={classes.scroll} aria-label={group.title}>
        {shown.map((facet) => (
          <li key={facet.value}>
            <FacetButton
              facet={facet}
              chosen={chosenFacet(search, facet)}
              onToggle={() => onChange(toggledFacet(search, facet))}
            />
          </li>
        ))}
      </ul>
      {values.hasNextPage && (
        <Button onClick={() => void values.fetchNextPage()} loading={values.isFetchingNextPage}>
          {`Show more, ${formatCount(shown.length)} of ${formatCount(total)} shown`}
        </Button>
      )}
    </div>
  );
}

function useFacetValues(runId: number, facet: Facet['facet'], search: string) {
  return useInfiniteQuery({
    queryKey: [...runKey(runId), 'facet', facet, search],
    queryFn: ({ pageParam, signal }) =>
      fetchFacet(runId, facet, { offset: pageParam, limit: 100, search: search || undefined }, signal),
    initialPageParam: 0,
    getNextPageParam: (last) => {
      const next = last.offset + last.items.length;
      return last.items.length > 0 && next < last.total ? next : undefined;
    },
  });
}
