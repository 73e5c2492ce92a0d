import { useEffect, useRef } from 'react';
import { useLab } from '../lab/context';
import { paintPicture } from '../lib/pictures';
import { isLive, useRun } from '../state/run';
import { useTask } from '../state/task';
import type { Pictures } from '../state/samples';
import { sidesOf, voteOf, type Preference } from './ballot';
import { nextPair, useVotes } from './store';

const KEYS: Readonly<Partial<Record<string, Preference>>> = {
  '1': 'left',
  '2': 'right',
  ' ': 'tie',
};

interface SideProps {
  readonly words: string;
  readonly shortcut: string;
  readonly pictures: Pictures;
  readonly image: number;
  readonly onChoose: () => void;
}

/** One of the two pictures, which says nothing of whose it is. */
const Side = ({ words, shortcut, pictures, image, onChoose }: SideProps) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { images, shape } = pictures;
  const [, channels, height, width] = shape;
  useEffect(() => {
    if (canvas.current === null) return;
    const size = channels * height * width;
    const picture = images.subarray(image * size, (image + 1) * size);
    paintPicture(canvas.current, { images: picture, width, height });
  }, [images, image, channels, height, width]);
  return (
    <button type="button" className="vote-side" onClick={onChoose}>
      <canvas ref={canvas} width={width} height={height} aria-hidden />
      <span>
        <kbd>{shortcut}</kbd> {words}
      </span>
    </button>
  );
};

/** The question, the pair, and the three answers. */
export const Pair = () => {
  const lab = useLab();
  const live = useRun(({ state }) => isLive(state));
  const ballot = useVotes((state) => state.ballot);
  const done = useVotes((state) => state.done);
  const toWords = useTask(({ task }) => task.toWords);
  const region = useRef<HTMLDivElement>(null);
  const turn = ballot?.turns[done];
  const answer = (preference: Preference): void => {
    // As it is now: the next key may come before this pair is off the screen.
    const now = useVotes.getState();
    const pair = now.ballot?.turns[now.done];
    if (now.phase !== 'voting' || now.ballot === null || pair === undefined) return;
    lab.vote(voteOf(now.ballot, pair, preference));
    nextPair();
    // So that the space bar means "no difference" again, whatever was pressed before.
    region.current?.focus();
  };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const preference = KEYS[event.key];
      const pressed = event.target instanceof HTMLButtonElement && event.key === ' ';
      const other = event.repeat || event.ctrlKey || event.metaKey || event.altKey;
      if (preference === undefined || pressed || other) return;
      event.preventDefault();
      answer(preference);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  });
  if (ballot === null || turn === undefined || !live) {
    return <p role="status">The run has ended, and with it the vote.</p>;
  }
  const [left, right] = sidesOf(ballot.pictures, turn);
  return (
    <div ref={region} className="vote-pair" tabIndex={-1}>
      <p className="vote-question">
        Which follows the prompt better, and looks better?
        <b data-testid="vote-prompt">{toWords(ballot.prompts[turn.image] ?? [])}</b>
      </p>
      <div className="vote-sides">
        <Side
          words="Left"
          shortcut="1"
          pictures={left}
          image={turn.image}
          onChoose={() => answer('left')}
        />
        <Side
          words="Right"
          shortcut="2"
          pictures={right}
          image={turn.image}
          onChoose={() => answer('right')}
        />
      </div>
      <div className="vote-buttons">
        <button type="button" className="button" onClick={() => answer('tie')}>
          <kbd>space</kbd> No difference
        </button>
        <button
          type="button"
          className="button quiet"
          onClick={() => useVotes.setState({ phase: 'result' })}
        >
          See the result
        </button>
        <span className="hint" role="status" data-testid="vote-turn">
          Pair {done + 1} of {ballot.turns.length}
        </span>
      </div>
    </div>
  );
};
