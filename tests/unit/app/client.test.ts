import { expect, test } from 'vitest';
import { LabClient } from '../../../src/worker/client';
import type { Report } from '../../../src/worker/protocol/reports';
import { PROTOCOL_VERSION } from '../../../src/worker/protocol/version';

/** A Worker's mouth and ears. */
class Line extends EventTarget {
  readonly sent: unknown[] = [];
  ended = false;

  postMessage(message: unknown): void {
    this.sent.push(message);
  }

  terminate(): void {
    this.ended = true;
  }

  say(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

const connect = () => {
  const line = new Line();
  const client = new LabClient(line as unknown as Worker);
  const heard: Report[] = [];
  client.subscribe((report) => heard.push(report));
  return { line, client, heard };
};

test('commands carry the version', () => {
  const { line, client } = connect();
  client.send({ type: 'pause' });
  expect(line.sent).toEqual([{ type: 'pause', version: PROTOCOL_VERSION }]);
});

test('reports of this version are passed on', () => {
  const { line, heard } = connect();
  line.say({ type: 'state', state: 'paused', version: PROTOCOL_VERSION });
  expect(heard).toMatchObject([{ type: 'state', state: 'paused' }]);
});

test.each([{ type: 'state', state: 'paused', version: PROTOCOL_VERSION + 1 }, 'hello', null])(
  'anything else becomes an error report',
  (message) => {
    const { line, heard } = connect();
    line.say(message);
    expect(heard).toMatchObject([{ type: 'error', code: 'protocol' }]);
  },
);

test('a crash becomes an error report', () => {
  const { line, heard } = connect();
  line.dispatchEvent(Object.assign(new Event('error'), { message: 'out of luck' }));
  expect(heard).toMatchObject([{ type: 'error', code: 'internal' }]);
});

test('a client that was destroyed is silent', () => {
  const { line, client, heard } = connect();
  client.destroy();
  line.say({ type: 'state', state: 'paused', version: PROTOCOL_VERSION });
  expect(line.ended).toBe(true);
  expect(heard).toEqual([]);
});
