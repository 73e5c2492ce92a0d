import { notify } from '../state/notices';

const SCRIPT = './offline.js';

/**
 * Lets a Service Worker keep the page for when there is no network, and tells of new versions of it. A
 * new version never takes over by itself: what runs goes on until the visitor reloads.
 */
export const keepForOffline = async (container: ServiceWorkerContainer): Promise<void> => {
  // The first visit's page comes from the network; the worker that then takes it on is no news.
  let controlled = container.controller !== null;
  container.addEventListener('controllerchange', () => {
    // Another tab asked for the new version.
    if (controlled) tellOfUpdate(() => window.location.reload());
    controlled = true;
  });
  const registration = await container.register(SCRIPT);
  const tellOfWaiting = (): void => {
    const { waiting } = registration;
    if (waiting === null || !controlled) return;
    tellOfUpdate(() => {
      container.addEventListener('controllerchange', () => window.location.reload());
      waiting.postMessage({ type: 'SKIP_WAITING' });
    });
  };
  tellOfWaiting();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', tellOfWaiting);
  });
  // A page that stays open for days asks when it is looked at again.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) registration.update().catch(() => undefined);
  });
};

const tellOfUpdate = (reload: () => void): void => {
  notify({
    id: 'update',
    text: 'There is a new version of this page. A run that is paused is kept, and can be gone on with after.',
    action: { says: 'Reload to update', take: reload },
  });
};
