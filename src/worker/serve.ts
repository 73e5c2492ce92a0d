import type { Explanation } from './protocol/reports';
import type { Versioned } from './protocol/version';

interface Service<Command, Report> {
  /** Of the protocol; commands of another version are refused. */
  readonly version: number;
  /** Who speaks, at the start of a sentence. */
  readonly speaker: string;
  /** Memory that a report hands over. */
  readonly transferOf?: (report: Report) => Transferable[];
  /** Makes what carries out commands, given where its reports go. */
  readonly open: (post: (report: Report) => void) => { handle(command: Command): void };
}

/** A Worker's side of a protocol: typed commands in, typed reports out. */
export const serve = <Command extends object, Report extends object>({
  version,
  speaker,
  transferOf = () => [],
  open,
}: Service<Command, Report>): void => {
  const host = open((report) => {
    const message: Versioned<Report> = { ...report, version };
    self.postMessage(message, { transfer: transferOf(report) });
  });
  self.addEventListener('message', ({ data }: MessageEvent<Versioned<Command>>) => {
    if (data.version === version) {
      host.handle(data);
      return;
    }
    const words: Explanation = {
      message: `${speaker} speaks version ${version} of its protocol, the page version ${data.version}.`,
      advice: 'Reload the page.',
    };
    self.postMessage({ type: 'error', code: 'protocol', ...words, version });
  });
};
