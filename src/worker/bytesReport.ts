import type { OnBytes } from '../interchange/fetchBytes';
import { Metronome } from './metronome';
import type { Report, Stage } from './protocol/reports';

/** Milliseconds between two reports of bytes. */
const INTERVAL = 100;

/** Reports the bytes of a file that comes in, as pieces of that stage. */
export const bytesReport = (post: (report: Report) => void, stage: Stage): OnBytes => {
  const metronome = new Metronome(INTERVAL);
  return (done, total) => {
    if (metronome.tick(done === total)) post({ type: 'progress', stage, done, total });
  };
};
