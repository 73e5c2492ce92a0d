import { browserCheckpointStore } from '../../lab/checkpointStores/browser';
import type { Versioned } from '../protocol/version';
import { TEACHER_FOLDER } from '../teacher/protocol';
import { decodeInBrowser } from './decode';
import { OwnHost } from './host';
import { OWN_FOLDER, OWN_PROTOCOL_VERSION, type OwnCommand, type OwnReport } from './protocol';

/** The entry of the Worker that reads what visitors bring; everything else is `OwnHost`. */

const post = (report: OwnReport): void => {
  const message: Versioned<OwnReport> = { ...report, version: OWN_PROTOCOL_VERSION };
  self.postMessage(
    message,
    report.type === 'pictures' ? { transfer: [report.preview.buffer] } : {},
  );
};

const host = new OwnHost(post, {
  tasks: browserCheckpointStore(OWN_FOLDER),
  teachers: browserCheckpointStore(TEACHER_FOLDER),
  decode: decodeInBrowser,
});

self.addEventListener('message', ({ data }: MessageEvent<Versioned<OwnCommand>>) => {
  if (data.version === OWN_PROTOCOL_VERSION) {
    host.handle(data);
    return;
  }
  post({
    type: 'error',
    code: 'protocol',
    message: `Reading speaks version ${OWN_PROTOCOL_VERSION} of its protocol, the page version ${data.version}.`,
    advice: 'Reload the page.',
  });
});
