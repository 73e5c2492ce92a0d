import type { MixtureFigures } from '../../../worker/mixture/protocol';
import { figure } from '../../lib/format';
import type { PictureFacts } from '../picture/painter';
import { usePlaneRun } from '../state/run';

/** Root mean square distance of a normalised mixture's points to their mean. */
export const OWN_SPREAD = Math.SQRT2;

const pointsInWords = (count: number): string =>
  count === 1 ? 'one point is' : `${count} points are`;

/** The picture for those who cannot see it. */
export const pictureInWords = (
  figures: MixtureFigures | null,
  { outside }: PictureFacts,
): string => {
  if (figures === null) return 'The teacher’s density as contours in the plane; no student yet.';
  const { iteration, spread, divergence, divergenceFloor } = figures;
  return (
    `The teacher’s density as contours, the student’s points over it, at iteration ${iteration}. ` +
    `Their spread is ${figure(spread)}, the teacher’s ${figure(OWN_SPREAD)}; ` +
    `the divergence is ${figure(divergence)} nats, at best ${figure(divergenceFloor)}` +
    `${outside === 0 ? '' : `; ${pointsInWords(outside)} out of view`}.`
  );
};

/** The picture's figures, and what its scale is. */
export const PictureWords = ({ facts }: { facts: PictureFacts }) => {
  const figures = usePlaneRun((run) => run.figures);
  const { half, outside, gain } = facts;
  return (
    <figcaption className="picture-words">
      <dl>
        <div>
          <dt>Spread</dt>
          <dd>
            <b>{figure(figures?.spread)}</b> of {figure(OWN_SPREAD)}
          </dd>
        </div>
        <div>
          <dt>Divergence</dt>
          <dd>
            <b data-testid="divergence-value">{figure(figures?.divergence)}</b> nats, at best{' '}
            {figure(figures?.divergenceFloor)}
          </dd>
        </div>
        <div>
          <dt>View</dt>
          <dd>
            ±<span data-testid="view-half">{figure(half)}</span>
            {outside > 0 && `, ${pointsInWords(outside)} out of it`}
          </dd>
        </div>
        <div>
          <dt>Arrows</dt>
          <dd>{gain === null ? '–' : `drawn ${gain} times as long`}</dd>
        </div>
      </dl>
    </figcaption>
  );
};
