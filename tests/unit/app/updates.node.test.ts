import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepForOffline } from '../../../src/app/offline/updates';
import { useNotices } from '../../../src/app/state/notices';

class FakeRegistration extends EventTarget {
  waiting: { postMessage: (message: unknown) => void } | null = null;
  installing: EventTarget | null = null;
  readonly update = vi.fn(() => Promise.resolve());
}

class FakeContainer extends EventTarget {
  controller: object | null = null;
  readonly registration = new FakeRegistration();
  readonly register = vi.fn(() => Promise.resolve(this.registration));
}

const page = Object.assign(new EventTarget(), { hidden: false });
const reload = vi.fn();

/** The parts of a browser's container that are used. */
const keep = (container: FakeContainer): Promise<void> =>
  keepForOffline(container as unknown as ServiceWorkerContainer);

const update = () => useNotices.getState().notices.find(({ id }) => id === 'update');

/** A new version is fetched, and waits. */
const arrive = ({ registration }: FakeContainer) => {
  const worker = Object.assign(new EventTarget(), { postMessage: vi.fn() });
  registration.installing = worker;
  registration.dispatchEvent(new Event('updatefound'));
  registration.installing = null;
  registration.waiting = worker;
  worker.dispatchEvent(new Event('statechange'));
  return worker;
};

beforeEach(() => {
  useNotices.setState({ notices: [] });
  reload.mockReset();
  vi.stubGlobal('document', page);
  vi.stubGlobal('window', { location: { reload } });
});
afterEach(() => void vi.unstubAllGlobals());

describe('keeping the page for offline', () => {
  it('says nothing on a first visit', async () => {
    const container = new FakeContainer();
    await keep(container);
    expect(container.register).toHaveBeenCalledWith('./offline.js');
    container.registration.waiting = { postMessage: vi.fn() };
    container.controller = {};
    container.dispatchEvent(new Event('controllerchange'));
    expect(update()).toBeUndefined();
  });

  it('tells of a new version, which takes over when the visitor says so, and not before', async () => {
    const container = new FakeContainer();
    container.controller = {};
    await keep(container);
    const worker = arrive(container);
    expect(update()?.text).toContain('new version');
    expect(worker.postMessage).not.toHaveBeenCalled();
    expect(reload).not.toHaveBeenCalled();

    update()?.action?.take();
    expect(worker.postMessage).toHaveBeenCalledWith({ type: 'SKIP_WAITING' });
    expect(reload).not.toHaveBeenCalled();
    container.dispatchEvent(new Event('controllerchange'));
    expect(reload).toHaveBeenCalledOnce();
  });

  it('tells of one that was waiting already', async () => {
    const container = new FakeContainer();
    container.controller = {};
    container.registration.waiting = { postMessage: vi.fn() };
    await keep(container);
    expect(update()).toBeDefined();
  });

  it('leaves a tab as it is when another one updates', async () => {
    const container = new FakeContainer();
    container.controller = {};
    await keep(container);
    container.dispatchEvent(new Event('controllerchange'));
    expect(update()).toBeDefined();
    expect(reload).not.toHaveBeenCalled();
  });

  it('asks again when the page is looked at', async () => {
    const container = new FakeContainer();
    await keep(container);
    page.dispatchEvent(new Event('visibilitychange'));
    expect(container.registration.update).toHaveBeenCalledOnce();
  });
});
