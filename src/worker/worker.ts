import { fetchBytes } from '../interchange/fetchBytes';
import { webRuntime } from '../interchange/onnx/webRuntime';
import { browserCheckpointStore } from '../lab/checkpointStores/browser';
import { LabHost } from './host';
import type { Command } from './protocol/commands';
import type { Report } from './protocol/reports';
import { PROTOCOL_VERSION } from './protocol/version';
import { openingStore } from './openingStore';
import { bytesReport } from './bytesReport';
import { serve } from './serve';
import { indexedDbTuningStore } from './tuningStore';

/** The entry of the lab's Worker; everything else is `LabHost`. */
serve<Command, Report>({
  version: PROTOCOL_VERSION,
  speaker: 'The lab',
  transferOf: (report) => (report.type === 'samples' ? [report.images.buffer] : []),
  open: (post) =>
    new LabHost(post, {
      gpu: 'gpu' in navigator ? navigator.gpu : undefined,
      tuning: indexedDbTuningStore(),
      checkpoints: openingStore(browserCheckpointStore()),
      fetchFile: fetchBytes,
      onnx: webRuntime(bytesReport(post, 'runtime')),
    }),
});
