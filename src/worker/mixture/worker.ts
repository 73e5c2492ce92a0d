import type { Versioned } from '../protocol/version';
import { indexedDbTuningStore } from '../tuningStore';
import { MixtureHost } from './host';
import {
  MIXTURE_PROTOCOL_VERSION,
  type MixtureCommand,
  type MixtureFrame,
  type MixtureReport,
} from './protocol';

/** The Worker's entry: messages in, messages out; everything else is `MixtureHost`. */

/** The arrays of a frame, which go to the page without a copy. */
const buffersOf = ({ points, classes, renoised, arrows }: MixtureFrame): ArrayBuffer[] =>
  [points, classes, renoised, arrows.at, arrows.ca, ...(arrows.dm ? [arrows.dm] : [])].map(
    ({ buffer }) => buffer,
  );

const post = (report: MixtureReport): void => {
  const message: Versioned<MixtureReport> = { ...report, version: MIXTURE_PROTOCOL_VERSION };
  const transfer = report.type === 'frame' ? buffersOf(report.frame) : [];
  self.postMessage(message, { transfer });
};

const host = new MixtureHost(post, {
  gpu: 'gpu' in navigator ? navigator.gpu : undefined,
  tuning: indexedDbTuningStore(),
});

self.addEventListener('message', ({ data }: MessageEvent<Versioned<MixtureCommand>>) => {
  if (data.version === MIXTURE_PROTOCOL_VERSION) {
    host.handle(data);
    return;
  }
  post({
    type: 'error',
    code: 'protocol',
    message: `The lab speaks version ${MIXTURE_PROTOCOL_VERSION} of its protocol, the page version ${data.version}.`,
    advice: 'Reload the page.',
  });
});
