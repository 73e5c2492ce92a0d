import { WorkerClient } from '../client';
import { MIXTURE_PROTOCOL_VERSION, type MixtureCommand, type MixtureReport } from './protocol';

/** The client of the lab of points. */
export class MixtureClient extends WorkerClient<MixtureCommand, MixtureReport> {
  constructor(worker: Worker) {
    super(worker, MIXTURE_PROTOCOL_VERSION);
  }
}
