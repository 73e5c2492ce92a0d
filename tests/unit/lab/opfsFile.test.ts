import { describe, expect, test, vi } from 'vitest';
import { QuotaError } from '../../../src/lab/checkpointStore';
import { writeFile } from '../../../src/lab/checkpointStores/opfsFile';

const BYTES = Uint8Array.of(1, 2, 3);

/** A handle of a browser that writes by access handles only, with room for so many bytes. */
const accessOnly = (room: number) => {
  const access = {
    truncate: vi.fn(),
    write: vi.fn((bytes: Uint8Array) => Math.min(bytes.byteLength, room)),
    flush: vi.fn(),
    close: vi.fn(),
  };
  const handle = { createSyncAccessHandle: () => Promise.resolve(access) };
  return { access, handle: handle as unknown as FileSystemFileHandle };
};

/** A handle that writes by streams, which may fail. */
const streaming = (write: () => Promise<void>) => {
  const stream = {
    write: vi.fn(write),
    close: vi.fn(() => Promise.resolve()),
    abort: vi.fn(() => Promise.resolve()),
  };
  const handle = { createWritable: () => Promise.resolve(stream) };
  return { stream, handle: handle as unknown as FileSystemFileHandle };
};

describe('a file of the private file system', () => {
  test('is written by an access handle where there are no streams', async () => {
    const { access, handle } = accessOnly(3);
    await writeFile(handle, BYTES);
    expect(access.truncate).toHaveBeenCalledWith(0);
    expect(access.write).toHaveBeenCalledWith(BYTES);
    expect(access.flush).toHaveBeenCalledOnce();
    expect(access.close).toHaveBeenCalledOnce();
  });

  test('that is written in part is no file: there was no room', async () => {
    const { access, handle } = accessOnly(2);
    await expect(writeFile(handle, BYTES)).rejects.toThrow(QuotaError);
    expect(access.close).toHaveBeenCalledOnce();
  });

  test('keeps nothing of a stream that failed', async () => {
    const failure = new Error('no room');
    const { stream, handle } = streaming(() => Promise.reject(failure));
    await expect(writeFile(handle, BYTES)).rejects.toBe(failure);
    expect(stream.abort).toHaveBeenCalledOnce();
    expect(stream.close).not.toHaveBeenCalled();
    const whole = streaming(() => Promise.resolve());
    await writeFile(whole.handle, BYTES);
    expect(whole.stream.close).toHaveBeenCalledOnce();
  });
});
