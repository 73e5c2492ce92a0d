import type { TeacherStage } from '../../worker/teacher/protocol';

/** What preparation is busy with. */
export const STAGES: Readonly<Record<TeacherStage, string>> = {
  device: 'Opening the graphics card',
  tuning: 'Measuring which kernels are fastest here',
  images: 'Drawing the images to learn from',
  compiling: 'Compiling the kernels',
  timing: 'Timing a few steps',
  restoring: 'Fetching the training that was kept',
  measuring: 'Measuring the teacher',
};

const counted = (count: number, unit: string): string =>
  `${count} ${unit}${count === 1 ? '' : 's'}`;

/** A length of time as it is spoken of: `40 seconds`, `12 minutes`, `2.5 hours`. */
export const duration = (seconds: number): string => {
  if (seconds < 90) return counted(Math.max(1, Math.round(seconds)), 'second');
  const minutes = seconds / 60;
  if (minutes < 90) return counted(Math.round(minutes), 'minute');
  const hours = minutes / 60;
  return hours < 48
    ? counted(hours < 10 ? Number(hours.toFixed(1)) : Math.round(hours), 'hour')
    : counted(Math.round(hours / 24), 'day');
};
