import { createStore, set } from 'idb-keyval';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { useNotices } from '../../../src/app/state/notices';
import { Shelf } from '../../../src/app/state/shelf';
import { inBrowser } from '../../support/files';

/** A shelf of numbers, empty unless it is asked for by name again. */
const shelfOf = (name: string = crypto.randomUUID()) => {
  const read = (_: string, value: unknown) => (typeof value === 'number' ? value : null);
  const instead = 'Write them down.';
  return { name, shelf: new Shelf<number>({ name, things: 'numbers', instead, read }) };
};

const notices = () => useNotices.getState().notices;

beforeEach(() => useNotices.setState({ notices: [] }));

const withoutStorage = () =>
  test('where nothing can be kept, that is told and nothing breaks', async () => {
    const { shelf } = shelfOf('forbidden');
    expect(await shelf.load()).toEqual([]);
    expect(notices()).toEqual([]);
    await shelf.put('one', 'One', 1);
    expect(notices().map(({ text }) => text)).toEqual([
      '“One” lasts as long as this page is open. This browser keeps nothing for this page. Write them down.',
    ]);
    await shelf.remove('one');
  });

const withStorage = () =>
  describe('a shelf', () => {
    test('gives back what was put on it, by ids', async () => {
      const { name, shelf } = shelfOf();
      await shelf.put('one', 'One', 1);
      await shelf.put('two', 'Two', 2);
      await shelf.put('one', 'One', 3);
      await shelf.remove('two');
      expect(await shelfOf(name).shelf.load()).toEqual([3]);
      expect(notices()).toEqual([]);
    });

    test('passes over what cannot be read, and throws it away when it is told to', async () => {
      const { name, shelf } = shelfOf();
      await shelf.put('one', 'One', 1);
      const broken = createStore(`spear-and-shield-${name}`, 'kept');
      for (const id of ['a', 'b']) await set(id, { no: 'number' }, broken);
      expect(await shelf.load()).toEqual([1]);
      expect(notices().map(({ text }) => text)).toEqual([
        '2 of your numbers could not be read and were passed over.',
      ]);
      notices()[0]?.action?.take();
      expect(notices()).toEqual([]);
      await vi.waitFor(async () => {
        expect(await shelfOf(name).shelf.load()).toEqual([1]);
        expect(notices()).toEqual([]);
      });
    });

    test('tells that the storage is full, and loses nothing else', async () => {
      const { name, shelf } = shelfOf();
      await shelf.put('one', 'One', 1);
      const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      });
      await shelf.put('two', 'Two', 2);
      full.mockRestore();
      expect(notices()[0]?.text).toMatch(/^“Two” lasts as long as .* storage is full: .* down\.$/);
      expect(await shelfOf(name).shelf.load()).toEqual([1]);
    });
  });

// Node has no storage to keep anything in.
if (inBrowser) withStorage();
else withoutStorage();
