import { WorkerClient } from '../workerClient';
import { MIXTURE_PROTOCOL_VERSION, type MixtureCommand, type MixtureReport } from './protocol';

/** The page's side of the mixture lab's protocol. Owns the Worker; `destroy()` ends it. */
export class MixtureClient extends WorkerClient<MixtureCommand, MixtureReport> {
  constructor(worker: Worker) {
    super(worker, MIXTURE_PROTOCOL_VERSION);
  }
}
