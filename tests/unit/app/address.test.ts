import { expect, test } from 'vitest';
import { avatarTask } from '../../../src/tasks/avatars/task';
import { emojiTask } from '../../../src/tasks/emoji/task';
import { addressOfView, readAddress } from '../../../src/app/lib/address';

const read = (query: string) => readAddress(new URL(`https://lab.example/play/${query}`));

test('a bare address asks for nothing', () => {
  expect(read('')).toEqual({
    view: 'pictures',
    task: avatarTask,
    teacher: null,
    batch: null,
    images: 16,
    samples: null,
    experiment: null,
    ignored: [],
  });
});

test('all parameters together', () => {
  expect(read('?teacher=avatars&batch=8&images=4&samples=32&experiment=e1')).toEqual({
    view: 'pictures',
    task: avatarTask,
    teacher: { kind: 'id', id: 'avatars' },
    batch: 8,
    images: 4,
    samples: 32,
    experiment: 'e1',
    ignored: [],
  });
});

test('an address of the first version still says all that it said', () => {
  expect(read('?teacher=avatars&batch=8&images=4')).toMatchObject({
    teacher: { kind: 'id', id: 'avatars' },
    ...{ batch: 8, images: 4, ignored: [] },
  });
});

test('the plane is a view of its own, and what is none is named', () => {
  expect(read('?view=plane&batch=8')).toMatchObject({ view: 'plane', batch: 8, ignored: [] });
  expect(read('?view=space')).toMatchObject({
    view: 'pictures',
    ignored: ['“view” must be pictures or plane, not “space”.'],
  });
});

test('a task is named by its id, and one that is not there gives way to the default', () => {
  expect(read('?task=emoji')).toMatchObject({ task: emojiTask, ignored: [] });
  expect(read('?task=dogs')).toMatchObject({
    task: avatarTask,
    ignored: ['“task” must be one of avatars, emoji, not “dogs”.'],
  });
});

test('an address with another view says all else as before', () => {
  const page = new URL('https://lab.example/play/?batch=8');
  const plane = addressOfView(page, 'plane');
  expect(readAddress(new URL(plane))).toMatchObject({ view: 'plane', batch: 8 });
  expect(addressOfView(new URL(plane), 'pictures')).toBe(page.href);
});

test('a teacher may be a file of this site', () => {
  const { teacher, ignored } = read('?teacher=fixtures/tiny.safetensors');
  expect(teacher).toEqual({
    kind: 'file',
    url: 'https://lab.example/play/fixtures/tiny.safetensors',
  });
  expect(ignored).toEqual([]);
});

test.each([
  'https://elsewhere.example/t.safetensors',
  '//elsewhere.example/t.safetensors',
  '/\\elsewhere.example/t.safetensors',
  'data:,t.safetensors',
  'fixtures/tiny.onnx',
  '',
])('a teacher from “%s” is refused and named', (value) => {
  const { teacher, ignored } = read(`?teacher=${encodeURIComponent(value)}`);
  expect(teacher).toBeNull();
  expect(ignored).toHaveLength(1);
});

test.each([
  ...['batch=0', 'batch=257', 'batch=1.5', 'batch=', 'images=-1', 'images=65', 'colour=red'],
  ...['samples=7', 'samples=5000'],
])('“%s” is refused and named', (query) => {
  const { batch, images, ignored } = read(`?${query}`);
  expect({ batch, images }).toEqual({ batch: null, images: 16 });
  expect(ignored).toHaveLength(1);
});
