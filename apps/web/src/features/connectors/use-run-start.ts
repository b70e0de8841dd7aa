import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { isApiError } from '../../lib/api-error.ts';
import { type RunIntent, useStartRun } from './api.ts';

export type RunStartProblem =
  | { kind: 'in-progress'; runId: number | null; connectorId: string }
  | { kind: 'token-missing'; connectorId: string }
  | { kind: 'other'; error: unknown; retry: () => void };

/** Starts a run and opens it. A second click while it starts does nothing. */
export function useRunStart() {
  const navigate = useNavigate();
  const startRun = useStartRun();
  const running = useRef(false);
  const [starting, setStarting] = useState<{ connectorId: string; intent: RunIntent } | null>(null);
  const [problem, setProblem] = useState<RunStartProblem | null>(null);

  /** @returns whether it started */
  async function start(connectorId: string, intent: RunIntent): Promise<boolean> {
    if (running.current) return false;
    running.current = true;
    setStarting({ connectorId, intent });
    setProblem(null);
    try {
      const run = await startRun.mutateAsync({ connectorId, intent });
      await navigate({ to: '/runs/$runId', params: { runId: String(run.id) }, ignoreBlocker: true });
      return true;
    } catch (error) {
      setProblem(problemOf(error, connectorId, () => void start(connectorId, intent)));
      return false;
    } finally {
      running.current = false;
      setStarting(null);
    }
  }

  return { start, starting, problem, clearProblem: () => setProblem(null) };
}

function problemOf(error: unknown, connectorId: string, retry: () => void): RunStartProblem {
  if (isApiError(error, 'run-in-progress')) {
    const { runId } = error.facts;
    return { kind: 'in-progress', runId: typeof runId === 'number' ? runId : null, connectorId };
  }
  if (isApiError(error, 'secret-missing')) return { kind: 'token-missing', connectorId };
  return { kind: 'other', error, retry };
}
