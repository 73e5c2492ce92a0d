import { serve } from '../serve';
import { indexedDbTuningStore } from '../tuningStore';
import { MixtureHost } from './host';
import {
  MIXTURE_PROTOCOL_VERSION,
  type MixtureCommand,
  type MixtureFrame,
  type MixtureReport,
} from './protocol';

/** The arrays of a frame, which go to the page without a copy. */
const buffersOf = ({ points, classes, renoised, arrows }: MixtureFrame): ArrayBuffer[] =>
  [points, classes, renoised, arrows.at, arrows.ca, ...(arrows.dm ? [arrows.dm] : [])].map(
    ({ buffer }) => buffer,
  );

/** The entry of the plane's Worker; everything else is `MixtureHost`. */
serve<MixtureCommand, MixtureReport>({
  version: MIXTURE_PROTOCOL_VERSION,
  speaker: 'The lab',
  transferOf: (report) => (report.type === 'frame' ? buffersOf(report.frame) : []),
  open: (post) =>
    new MixtureHost(post, {
      gpu: 'gpu' in navigator ? navigator.gpu : undefined,
      tuning: indexedDbTuningStore(),
    }),
});
