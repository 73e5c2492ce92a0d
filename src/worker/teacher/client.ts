import type { Versioned } from '../protocol/version';
import { TEACHER_PROTOCOL_VERSION, type TeacherCommand, type TeacherReport } from './protocol';

const hasVersion = (data: unknown): data is { readonly version: unknown } =>
  typeof data === 'object' && data !== null && 'version' in data;

const isOurs = (data: unknown): data is Versioned<TeacherReport> =>
  hasVersion(data) && data.version === TEACHER_PROTOCOL_VERSION;

const OTHER_VERSION: TeacherReport = {
  type: 'error',
  code: 'protocol',
  message: 'Page and Worker are of different versions.',
  advice: 'Reload the page; if that does not help, empty the browser’s cache for this site.',
};

const crash = (message: string): TeacherReport => ({
  type: 'error',
  code: 'internal',
  message: `Training stopped: ${message}`,
  advice: 'Go on from the last checkpoint, or begin again.',
});

/**
 * The page's side of the protocol: commands out, every report to one listener, in order. A crash of
 * the Worker is an error report. Owns the Worker; `destroy()` ends it.
 */
export class TeacherClient {
  readonly #worker: Worker;

  constructor(worker: Worker, onReport: (report: TeacherReport) => void) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<unknown>) => {
      onReport(isOurs(data) ? data : OTHER_VERSION);
    };
    worker.onmessageerror = () => {
      onReport(crash('it sent a message that could not be read.'));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      // A Worker whose file cannot be loaded reports an event without a message.
      onReport(crash(event.message || 'its program could not be loaded.'));
    };
  }

  /** Sends one command. Commands are handled in the order in which they are sent. */
  send(command: TeacherCommand): void {
    const message: Versioned<TeacherCommand> = { ...command, version: TEACHER_PROTOCOL_VERSION };
    this.#worker.postMessage(message);
  }

  /** Ends the Worker at once; its device and memory go with it. */
  destroy(): void {
    this.#worker.terminate();
  }
}
