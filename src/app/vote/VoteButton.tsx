import { Vote } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useBench } from '../state/bench';
import { isLive, useRun } from '../state/run';
import { openVote, useVotes } from './store';

const VoteDialog = lazy(async () => ({ default: (await import('./VoteDialog')).VoteDialog }));

/** Why nobody can vote now; null: one can. */
const useObstacle = (): string | null => {
  const arms = useBench((bench) => bench.arms.length);
  const live = useRun(({ state }) => isLive(state));
  if (arms < 2) return 'It takes two arms: duplicate one and change something';
  return live ? null : 'Start a run: there are no pictures to vote on yet';
};

/** Opens the blind vote between two arms. */
export const VoteButton = () => {
  const open = useVotes((state) => state.open);
  const obstacle = useObstacle();
  return (
    <>
      <button
        type="button"
        className="button quiet"
        aria-disabled={obstacle !== null}
        title={obstacle ?? 'Two pictures, nobody says whose: which is better?'}
        onClick={() => {
          if (obstacle === null) openVote();
        }}
      >
        <Vote aria-hidden /> Blind vote
        {obstacle !== null && <span className="visually-hidden">. {obstacle}</span>}
      </button>
      {open && (
        <Suspense>
          <VoteDialog />
        </Suspense>
      )}
    </>
  );
};
