import type { ChartEntry } from '../../charts/catalogue';
import type { CurveName } from '../lib/curves';

/** A chart of one figure of the student. */
export interface PlaneChart extends ChartEntry {
  readonly figure: CurveName;
  /** What the curve is called. */
  readonly curve: string;
}

/** The charts beside that of the updates, the most telling first. */
export const CHARTS: readonly [PlaneChart, PlaneChart, ...PlaneChart[]] = [
  {
    id: 'plane-spread',
    title: 'Spread of the points',
    reading:
      'Root mean square distance to their mean. The spear alone lifts it without end; a shield holds it near the dotted line.',
    figure: 'spread',
    curve: 'student',
    axis: 'fromZero',
    least: 2,
  },
  {
    id: 'plane-divergence',
    title: 'Divergence from the teacher',
    reading:
      'Kullback-Leibler divergence, in nats, of the points’ smoothed density from the teacher’s conditional one. Guidance itself keeps it above the dotted line.',
    figure: 'divergence',
    curve: 'student',
    axis: 'fromZero',
    least: 0.5,
  },
  {
    id: 'plane-updateCosine',
    title: 'CA against DM',
    reading: 'Cosine between the two updates: below 0 the shield pulls back what the spear pushes.',
    figure: 'updateCosine',
    curve: 'cosine',
    axis: 'aroundZero',
    least: 1,
  },
  {
    id: 'plane-criticLoss',
    title: 'Loss of the critic',
    reading:
      'How well the critic knows where the student’s points are; when it rises, the student is running ahead of it.',
    figure: 'criticLoss',
    curve: 'critic',
    axis: 'fromZero',
    least: 0.1,
  },
];

/** The chart of the updates, a curve for each term. */
export const UPDATES_CHART: ChartEntry = {
  id: 'plane-updates',
  title: 'Size of the updates',
  reading: 'How far each term moves a point, root mean square; a term that is off has no curve.',
  axis: 'fromZero',
  least: 0.1,
};
