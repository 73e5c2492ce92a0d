import { Vote } from 'lucide-react';
import { useState } from 'react';
import { useBench } from '../state/bench';
import { isLive, useRun } from '../state/run';
import { later } from '../messages/later';
import { openVote, useVotes } from './store';

const VoteDialog = later(async () => (await import('./VoteDialog')).VoteDialog);

/** Why nobody can vote now; null: one can. */
const useObstacle = (): string | null => {
  const arms = useBench((bench) => bench.arms.length);
  const live = useRun(({ state }) => isLive(state));
  if (arms < 2) return 'A vote takes two arms: duplicate one and change something.';
  return live ? null : 'There are no pictures to vote on yet: start a run.';
};

/** Opens the blind vote between two arms. */
export const VoteButton = () => {
  const open = useVotes((state) => state.open);
  const obstacle = useObstacle();
  const [asked, ask] = useState(false);
  return (
    <>
      <button
        type="button"
        className="button quiet"
        aria-disabled={obstacle !== null}
        title={obstacle ?? 'Two pictures, nobody says whose: which is better?'}
        onClick={() => {
          if (obstacle === null) openVote();
          ask(true);
        }}
      >
        <Vote aria-hidden /> Blind vote
      </button>
      {/* A title is seen by mice alone; whoever presses in vain is told. */}
      <span className="vote-obstacle hint" role="status">
        {asked && obstacle}
      </span>
      {open && <VoteDialog />}
    </>
  );
};
