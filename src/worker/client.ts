import type { Command } from './protocol/commands';
import type { ErrorReport, Report } from './protocol/reports';
import { PROTOCOL_VERSION, type Versioned } from './protocol/version';

const hasVersion = (data: unknown): data is { readonly version: unknown } =>
  typeof data === 'object' && data !== null && 'version' in data;

const versionReport = (ours: number, theirs: unknown): ErrorReport => ({
  type: 'error',
  code: 'protocol',
  message: `The page speaks version ${ours} of the lab's protocol, the lab speaks ${String(theirs)}.`,
  advice: 'Reload the page; if that does not help, empty the browser’s cache for this site.',
});

const crashReport = (message: string): ErrorReport => ({
  type: 'error',
  code: 'internal',
  message: `The lab stopped: ${message}`,
  advice: 'Start again. What is on the page so far stays there.',
});

/**
 * The page's side of a protocol: typed commands out, typed reports in.
 *
 * Refuses reports of another protocol version, and turns a crash of the Worker into an error report,
 * so that a listener sees every failure in one form. Owns the Worker; `destroy()` ends it.
 */
export class WorkerClient<Sent extends object, Heard> {
  readonly #worker: Worker;
  readonly #version: number;
  readonly #listeners = new Set<(report: Heard | ErrorReport) => void>();

  /** `version`: of the protocol; a Worker that speaks another is refused. */
  constructor(worker: Worker, version: number) {
    this.#worker = worker;
    this.#version = version;
    worker.addEventListener('message', this.#onMessage);
    worker.addEventListener('error', this.#onError);
    worker.addEventListener('messageerror', this.#onUnreadable);
  }

  /** Sends one command. Commands are handled in the order in which they are sent. */
  send(command: Sent): void {
    const message: Versioned<Sent> = { ...command, version: this.#version };
    this.#worker.postMessage(message);
  }

  /** Calls `listener` with every report from now on; returns the way to stop. */
  subscribe(listener: (report: Heard | ErrorReport) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Ends the Worker at once; its device and memory go with it. */
  destroy(): void {
    this.#listeners.clear();
    this.#worker.removeEventListener('message', this.#onMessage);
    this.#worker.removeEventListener('error', this.#onError);
    this.#worker.removeEventListener('messageerror', this.#onUnreadable);
    this.#worker.terminate();
  }

  readonly #onMessage = (event: MessageEvent<unknown>): void => {
    const { data } = event;
    const version = hasVersion(data) ? data.version : undefined;
    this.#emit(
      version === this.#version
        ? (data as Versioned<Heard>)
        : versionReport(this.#version, version),
    );
  };

  readonly #onError = (event: ErrorEvent): void => {
    event.preventDefault();
    // A Worker whose file cannot be loaded reports an event without a message.
    this.#emit(crashReport(event.message || 'its program could not be loaded.'));
  };

  readonly #onUnreadable = (): void => {
    this.#emit(crashReport('it sent a message that could not be read.'));
  };

  #emit(report: Heard | ErrorReport): void {
    for (const listener of [...this.#listeners]) listener(report);
  }
}

/** The client of the lab of images. */
export class LabClient extends WorkerClient<Command, Report> {
  constructor(worker: Worker) {
    super(worker, PROTOCOL_VERSION);
  }
}
