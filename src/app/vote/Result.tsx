import { Dices } from 'lucide-react';
import { ties, winRate } from '../../lab/claims/votes';
import { useLab } from '../lab/context';
import { ArmDot } from '../arms/ArmDot';
import { armOf, useBench } from '../state/bench';
import { isLive, useRun } from '../state/run';
import { beginBallot, useVotes } from './store';
import { WinBar } from './WinBar';

/** Whose pictures they were, how often each was preferred, and how sure that is. */
export const Result = () => {
  const lab = useLab();
  const live = useRun(({ state }) => isLive(state));
  const bench = useBench();
  const votes = useVotes((state) => state.votes);
  const pair = useVotes((state) => state.pair);
  const left = useVotes(({ ballot, done }) => (ballot?.turns.length ?? 0) - done);
  if (pair === null) return null;
  const [first, second] = pair.map((id) => armOf(bench, id));
  if (first === undefined || second === undefined) return null;
  const rate = winRate({ votes: [...votes] }, first.id, second.id);
  const without = ties({ votes: [...votes] }, first.id, second.id);
  return (
    <div className="vote-result">
      <p className="vote-names">
        <ArmDot color={first.color} /> <b>{first.name}</b> against <ArmDot color={second.color} />{' '}
        <b>{second.name}</b>
      </p>
      <p data-testid="vote-result" role="status">
        {rate === null
          ? 'No vote for either of them yet.'
          : `${first.name} won ${rate.wins} of ${rate.votes} votes.`}{' '}
        {without > 0 && `${without === 1 ? 'One tie is' : `${without} ties are`} left out.`}
      </p>
      {rate !== null && <WinBar rate={rate} name={first.name} />}
      <p className="hint">
        Counted over the whole run. The interval is Wilson’s, 95 %: it holds the share that very
        many votes would give, in 95 of 100 such studies. While it contains half, nobody can tell
        who is preferred. Ties count for neither.
      </p>
      <div className="vote-buttons">
        {left > 0 && (
          <button
            type="button"
            className="button primary"
            disabled={!live}
            onClick={() => useVotes.setState({ phase: 'voting' })}
          >
            Vote on
          </button>
        )}
        <button
          type="button"
          className="button"
          disabled={!live}
          title="Draws all grids from other noise; the timeline begins anew"
          onClick={() => {
            lab.newNoise();
            beginBallot();
          }}
        >
          <Dices aria-hidden /> Vote on with new noise
        </button>
      </div>
    </div>
  );
};
