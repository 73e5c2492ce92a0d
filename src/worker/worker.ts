import { LabHost } from './host';
import { PROTOCOL_VERSION, type CommandMessage, type Report, type ReportMessage } from './protocol';
import { indexedDbTuningStore } from './tuningStore';

/** The Worker's entry: messages in, messages out; everything else is `LabHost`. */

const post = (report: Report): void => {
  const message: ReportMessage = { ...report, version: PROTOCOL_VERSION };
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
  fetchFile,
});

self.addEventListener('message', ({ data }: MessageEvent<CommandMessage>) => {
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
