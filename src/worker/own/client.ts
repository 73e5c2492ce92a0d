import { WorkerClient } from '../client';
import { OWN_PROTOCOL_VERSION, type OwnCommand, type OwnReport } from './protocol';

/** The client of the Worker that reads what visitors bring. */
export class OwnClient extends WorkerClient<OwnCommand, OwnReport> {
  constructor(worker: Worker) {
    super(worker, OWN_PROTOCOL_VERSION);
  }
}
