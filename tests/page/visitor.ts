import { expect, test as base } from '@playwright/test';
import type { BrowserContext } from '@playwright/test';
import { openLab, press } from './support';

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

interface Visit {
  /** Everything that was asked for at another site, and all that the page's policy forbade. */
  readonly strays: readonly string[];
}

const POLICY_BROKEN = 'Content Security Policy';

/**
 * Tests of visitors who were here before, whose browser remembers which kernels are fastest: that
 * is measured once, by a first visit. `test.use({ storageState: undefined })` makes a new visitor.
 * Whatever a visitor does, nothing may be fetched from elsewhere, and the policy of the page must hold.
 */
export const test = base.extend<Visit, { returning: StorageState }>({
  returning: [
    async ({ browser }, use, { project }) => {
      const { baseURL = '' } = project.use;
      const context = await browser.newContext({ baseURL });
      const page = await context.newPage();
      await openLab(page);
      await press(page, 'Start');
      await page
        .getByText(/Compiling the kernels/)
        .first()
        .waitFor();
      const state = await context.storageState({ indexedDB: true });
      await context.close();
      await use(state);
    },
    { scope: 'worker' },
  ],
  storageState: ({ returning }, use) => use(returning),
  strays: [
    async ({ context, baseURL }, use) => {
      const strays: string[] = [];
      const site = new URL(baseURL ?? '').origin;
      let requests = 0;
      // Those of Workers too.
      context.on('request', (request) => {
        requests++;
        const { origin, protocol } = new URL(request.url());
        if (protocol !== 'data:' && origin !== site) strays.push(request.url());
      });
      context.on('console', (message) => {
        if (message.text().includes(POLICY_BROKEN)) strays.push(message.text());
      });
      await use(strays);
      expect(strays).toEqual([]);
      expect(requests).toBeGreaterThan(0);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
