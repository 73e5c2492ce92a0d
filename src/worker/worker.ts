import { loadWebRuntime } from '../interchange/onnx/webRuntime';
import { browserCheckpointStore } from '../lab/checkpointStores/browser';
import { LabHost } from './host';
import type { Command } from './protocol/commands';
import type { Report } from './protocol/reports';
import { PROTOCOL_VERSION, type Versioned } from './protocol/version';
import { openingStore } from './openingStore';
import { indexedDbTuningStore } from './tuningStore';

/** The Worker's entry: messages in, messages out; everything else is `LabHost`. */

const post = (report: Report): void => {
  const message: Versioned<Report> = { ...report, version: PROTOCOL_VERSION };
  self.postMessage(message, report.type === 'samples' ? { transfer: [report.images.buffer] } : {});
};

const fetchFile = async (url: string): Promise<ArrayBuffer> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answered ${response.status} for ${url}`);
  return response.arrayBuffer();
};

const host = new LabHost(post, {
  gpu: 'gpu' in navigator ? navigator.gpu : undefined,
  tuning: indexedDbTuningStore(),
  checkpoints: openingStore(browserCheckpointStore()),
  fetchFile,
  onnx: loadWebRuntime,
});

self.addEventListener('message', ({ data }: MessageEvent<Versioned<Command>>) => {
  if (data.version === PROTOCOL_VERSION) {
    host.handle(data);
    return;
  }
  post({
    type: 'error',
    code: 'protocol',
    message: `The lab speaks version ${PROTOCOL_VERSION} of its protocol, the page version ${data.version}.`,
    advice: 'Reload the page.',
  });
});
