import { Select } from '../fields/Select';
import { useBench } from '../state/bench';
import { beginBallot, useVotes } from './store';

/** Which two of several arms are voted on. */
export const ChoosePair = () => {
  const arms = useBench((bench) => bench.arms);
  const pair = useVotes((state) => state.pair);
  if (pair === null) return null;
  const [first, second] = pair;
  const choice = (label: string, value: string, other: string, at: 0 | 1) => (
    <Select
      label={label}
      value={value}
      options={arms.filter(({ id }) => id !== other).map(({ id, name }) => [id, name] as const)}
      onChange={(id) => useVotes.setState({ pair: at === 0 ? [id, second] : [first, id] })}
    />
  );
  return (
    <>
      <div className="vote-choices">
        {choice('One arm', first, second, 0)}
        {choice('The other', second, first, 1)}
      </div>
      <button type="button" className="button primary" onClick={() => beginBallot()}>
        Begin
      </button>
    </>
  );
};
