import { browserCheckpointStore } from '../../lab/checkpointStores/browser';
import type { Versioned } from '../protocol/version';
import { indexedDbTuningStore } from '../tuningStore';
import { TeacherHost } from './host';
import {
  TEACHER_FOLDER,
  TEACHER_PROTOCOL_VERSION,
  type TeacherCommand,
  type TeacherReport,
} from './protocol';

/** The entry of the Worker that trains teachers; everything else is `TeacherHost`. */

/** Memory that a report hands over. */
const transferOf = (report: TeacherReport): ArrayBuffer[] => {
  switch (report.type) {
    case 'samples':
      return [report.images.buffer];
    case 'file':
    case 'own':
      return [report.bytes.buffer];
    default:
      return [];
  }
};

const post = (report: TeacherReport): void => {
  const message: Versioned<TeacherReport> = { ...report, version: TEACHER_PROTOCOL_VERSION };
  self.postMessage(message, { transfer: transferOf(report) });
};

const fetchFile = async (url: string): Promise<ArrayBuffer> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answered ${response.status} for ${url}`);
  return response.arrayBuffer();
};

const host = new TeacherHost(post, {
  gpu: 'gpu' in navigator ? navigator.gpu : undefined,
  tuning: indexedDbTuningStore(),
  store: browserCheckpointStore(TEACHER_FOLDER),
  fetchFile,
});

self.addEventListener('message', ({ data }: MessageEvent<Versioned<TeacherCommand>>) => {
  if (data.version === TEACHER_PROTOCOL_VERSION) {
    host.handle(data);
    return;
  }
  post({
    type: 'error',
    code: 'protocol',
    message: `Training speaks version ${TEACHER_PROTOCOL_VERSION} of its protocol, the page version ${data.version}.`,
    advice: 'Reload the page.',
  });
});
