import { CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import type { Verdict } from '../../lab/claims/claim';

const ICONS: Record<Verdict['state'], typeof CircleCheck> = {
  seen: CircleCheck,
  'not seen': CircleX,
  'too early': CircleDashed,
};

interface ClaimRowProps {
  readonly says: string;
  /** Undefined before anything was judged. */
  readonly verdict: Verdict | undefined;
}

/** One thing that the paper found, and what a run shows of it. */
export const ClaimRow = ({ says, verdict }: ClaimRowProps) => {
  const state = verdict?.state ?? 'too early';
  const Icon = ICONS[state];
  return (
    <li className="claim" data-state={state}>
      <Icon aria-hidden />
      <div>
        <p>{says}</p>
        <p className="hint">
          <b className="claim-state">{state}</b>
          {verdict !== undefined && <> {verdict.figures}</>}
        </p>
      </div>
    </li>
  );
};
