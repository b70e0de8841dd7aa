import type { Idp, WizardStep } from '@gatehouse/contracts/idp';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useAnnounce } from '../../components/ui/live-region.tsx';
import { idpQuery, useSetWizard } from './api.ts';
import { stepOf } from './wizard-steps.ts';

/**
 * Where the wizard stands and what is ticked off, kept on the server. While a tick is on its way an answer that is older
 * than it may come in; what was ticked here counts until the server has it.
 */
export function useWizardState(idp: Idp, step: WizardStep) {
  const { id, wizard } = idp;
  const [own, setOwn] = useState<readonly string[] | null>(null);
  const pending = useRef(0);
  const remembered = useRef(stepOf(idp));
  const queryClient = useQueryClient();
  const announce = useAnnounce();
  const { mutateAsync, mutate } = useSetWizard(id);
  const ticks = own ?? wizard?.ticks ?? [];

  // So that whoever opens the draft next goes on here.
  useEffect(() => {
    if (remembered.current === step) return;
    remembered.current = step;
    mutate({ step, ticks: [...ticks] });
  }, [step, ticks, mutate]);

  async function tick(tickId: string, isTicked: boolean): Promise<void> {
    const others = ticks.filter((one) => one !== tickId);
    const next = isTicked ? [...others, tickId] : others;
    setOwn(next);
    pending.current += 1;
    try {
      await mutateAsync({ step, ticks: next });
    } catch (error) {
      announce(error instanceof Error ? error.message : String(error));
    }
    pending.current -= 1;
    if (pending.current > 0) return;
    await queryClient.refetchQueries({ queryKey: idpQuery(id).queryKey });
    if (pending.current === 0) setOwn(null);
  }

  return { ticks, onTick: (tickId: string, isTicked: boolean) => void tick(tickId, isTicked) };
}
