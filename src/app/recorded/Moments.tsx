import type { ReactNode } from 'react';
import type { EvaluationRow } from '../../lab/record';
import { figure } from '../lib/format';
import type { Moment } from './results';

/** What is told of a moment, and how it is called. */
const FIGURES: readonly (readonly [keyof EvaluationRow, string])[] = [
  ['allRight', 'All attributes right'],
  ['frechetReal', 'Distance to real ones'],
  ['variance', 'Variance'],
  ['saturation', 'Saturation'],
];

const Sheet = ({ png, words }: { png: string; words: string }) => (
  <img className="recorded-sheet" src={`data:image/png;base64,${png}`} alt={words} />
);

interface ArmMomentProps extends Moment {
  readonly name: string;
  readonly dot: ReactNode;
}

/** What an arm drew at a moment of its training, with what was measured then. */
export const ArmMoment = ({ name, dot, iteration, png, measured }: ArmMomentProps) => (
  <figure className="recorded-moment">
    <figcaption>
      {dot}
      <b>{name}</b>
    </figcaption>
    <Sheet png={png} words={`${name}: pictures at iteration ${iteration}`} />
    {measured !== undefined && (
      <dl>
        {FIGURES.map(([key, words]) => (
          <div key={key}>
            <dt>{words}</dt>
            <dd>{typeof measured[key] === 'number' ? figure(measured[key]) : '–'}</dd>
          </div>
        ))}
      </dl>
    )}
  </figure>
);

/** What the arms are compared with. */
export const Reference = ({ name, png }: { name: string; png: string }) => (
  <figure className="recorded-moment">
    <figcaption>{name}</figcaption>
    <Sheet png={png} words={`${name}: pictures`} />
  </figure>
);
