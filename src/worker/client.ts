import type { Command } from './protocol/commands';
import type { Report } from './protocol/reports';
import { PROTOCOL_VERSION } from './protocol/version';
import { WorkerClient } from './workerClient';

/** The page's side of the lab's protocol. Owns the Worker; `destroy()` ends it. */
export class LabClient extends WorkerClient<Command, Report> {
  constructor(worker: Worker) {
    super(worker, PROTOCOL_VERSION);
  }
}
