import { fetchBytes } from '../../interchange/fetchBytes';
import { browserCheckpointStore } from '../../lab/checkpointStores/browser';
import { serve } from '../serve';
import { indexedDbTuningStore } from '../tuningStore';
import { TeacherHost } from './host';
import {
  TEACHER_FOLDER,
  TEACHER_PROTOCOL_VERSION,
  type TeacherCommand,
  type TeacherReport,
} from './protocol';

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

/** The entry of the Worker that trains teachers; everything else is `TeacherHost`. */
serve<TeacherCommand, TeacherReport>({
  version: TEACHER_PROTOCOL_VERSION,
  speaker: 'Training',
  transferOf,
  open: (post) =>
    new TeacherHost(post, {
      gpu: 'gpu' in navigator ? navigator.gpu : undefined,
      tuning: indexedDbTuningStore(),
      store: browserCheckpointStore(TEACHER_FOLDER),
      fetchFile: fetchBytes,
    }),
});
