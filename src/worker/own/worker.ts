import { browserCheckpointStore } from '../../lab/checkpointStores/browser';
import { serve } from '../serve';
import { TEACHER_FOLDER } from '../teacher/protocol';
import { decodeInBrowser } from './decode';
import { OwnHost } from './host';
import { OWN_FOLDER, OWN_PROTOCOL_VERSION, type OwnCommand, type OwnReport } from './protocol';

/** The entry of the Worker that reads what visitors bring; everything else is `OwnHost`. */
serve<OwnCommand, OwnReport>({
  version: OWN_PROTOCOL_VERSION,
  speaker: 'Reading',
  transferOf: (report) => (report.type === 'pictures' ? [report.preview.buffer] : []),
  open: (post) =>
    new OwnHost(post, {
      tasks: browserCheckpointStore(OWN_FOLDER),
      teachers: browserCheckpointStore(TEACHER_FOLDER),
      decode: decodeInBrowser,
    }),
});
