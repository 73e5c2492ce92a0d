import { useState } from 'react';
import { usePlane } from '../context';
import { MOMENTS } from '../lib/moments';
import { changeConfig } from '../state/setup';

/** Sets of switches, one press each, with what there is to see. */
export const Moments = () => {
  const [pressed, setPressed] = useState<string | null>(null);
  const plane = usePlane();
  const moment = MOMENTS.find(({ id }) => id === pressed);
  return (
    <section className="moments" aria-labelledby="moments-heading">
      <h2 id="moments-heading">Moments to see</h2>
      <div className="moment-buttons">
        {MOMENTS.map(({ id, title, apply }) => (
          <button
            key={id}
            type="button"
            className="button"
            aria-pressed={id === pressed}
            onClick={() => {
              changeConfig(apply);
              plane.go();
              setPressed(id);
            }}
          >
            {title}
          </button>
        ))}
      </div>
      <p className="moment-words" role="status">
        {moment === undefined ? (
          'Each sets the switches for you and lets the run go on from where it is; go through them in order.'
        ) : (
          <>
            {moment.says} <b>Watch for</b> {moment.watch}
          </>
        )}
      </p>
    </section>
  );
};
