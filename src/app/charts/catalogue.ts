import type { TermId } from '../../distill/config';
import type { Figure, TrainingFigure } from '../lab/curves';
import type { AxisKind } from './curve';

/** One chart: what it shows, and how it is read. */
export interface ChartEntry {
  readonly title: string;
  /** One sentence on how to read it. */
  readonly reading: string;
  readonly axis: AxisKind;
  /** What the vertical axis shows at least, so that noise is not blown up into a story. */
  readonly least: number;
}

/** A chart of one figure, a curve for each arm. */
export interface ArmsChart extends ChartEntry {
  readonly figure: Figure;
  /** Whether it is a figure of training or a measurement, which comes more rarely. */
  readonly from: 'training' | 'measured';
  /** It needs the task's classifier. */
  readonly judged?: true;
  /** Shown only while some arm has this term. */
  readonly needs?: TermId;
}

/** The charts that compare arms, the most telling first. */
export const ARMS_CHARTS: readonly ArmsChart[] = [
  {
    title: 'Variance of the pictures',
    reading:
      'Near the dotted line the pictures are as contrasty as the guided teacher’s; a climb without end is over-saturation.',
    figure: 'imageVariance',
    from: 'training',
    axis: 'fromZero',
    least: 0.1,
  },
  {
    title: 'Prompt accuracy',
    reading: 'Share of prompted attributes that a classifier finds in the pictures; 1 is all.',
    figure: 'meanAccuracy',
    from: 'measured',
    judged: true,
    axis: 'fromZero',
    least: 1,
  },
  {
    title: 'Distance to the guided teacher',
    reading:
      'Fréchet distance of classifier features to the guided teacher’s pictures; lower is closer.',
    figure: 'frechetGuided',
    from: 'measured',
    judged: true,
    axis: 'fromZero',
    least: 10,
  },
  {
    title: 'Distance to real pictures',
    reading:
      'The same distance to the data; guidance itself moves away from it, so the lowest need not be the best.',
    figure: 'frechetReal',
    from: 'measured',
    judged: true,
    axis: 'fromZero',
    least: 10,
  },
  {
    title: 'Saturation',
    reading: 'Share of values beyond black and white, which a screen cuts off.',
    figure: 'saturation',
    from: 'measured',
    axis: 'fromZero',
    least: 0.1,
  },
  {
    title: 'Coverage',
    reading:
      'Share of real pictures with a student’s picture among their nearest; it falls when pictures grow alike.',
    figure: 'coverage',
    from: 'measured',
    judged: true,
    axis: 'fromZero',
    least: 1,
  },
  {
    title: 'CA against DM',
    reading: 'Cosine between the two updates: below 0 the shield pulls back what the spear pushes.',
    figure: 'updateCosine',
    from: 'training',
    axis: 'aroundZero',
    least: 1,
  },
  {
    title: 'Mean of the pictures',
    reading:
      'Their average brightness, from −1 (black) to 1 (white); a drift means that whole pictures change tone.',
    figure: 'imageMean',
    from: 'training',
    axis: 'aroundZero',
    least: 0.2,
  },
  {
    title: 'Loss of the critic',
    reading:
      'How well the critic knows what the student draws; when it rises, the student is running ahead of it.',
    figure: 'criticLoss',
    from: 'training',
    axis: 'fromZero',
    least: 0.1,
  },
  {
    title: 'Accuracy of the discriminator',
    reading:
      'Share of pictures that it tells rightly as real or drawn; at 0.5 it can no longer tell.',
    figure: 'discriminatorAccuracy',
    from: 'training',
    axis: 'fromZero',
    least: 1,
    needs: 'gan',
  },
];

/** The chart of the selected arm's updates, a curve for each term. */
export const UPDATES_CHART: ChartEntry = {
  title: 'Size of the updates',
  reading: 'How far each term moves a pixel, root mean square; a term that is off has no curve.',
  axis: 'fromZero',
  least: 0.1,
};

/** The figure that tells the size of each term's update. */
export const UPDATE_FIGURES: Readonly<Record<TermId, TrainingFigure>> = {
  ca: 'caNorm',
  dm: 'dmNorm',
  meanVariance: 'meanVarianceNorm',
  gan: 'ganNorm',
};
