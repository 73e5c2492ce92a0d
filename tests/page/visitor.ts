import { test as base } from '@playwright/test';
import type { BrowserContext } from '@playwright/test';
import { openLab, press } from './support';

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

/**
 * Tests of visitors who were here before, whose browser remembers which kernels are fastest: that
 * is measured once, by a first visit. `test.use({ storageState: undefined })` makes a new visitor.
 */
export const test = base.extend<object, { returning: StorageState }>({
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
});

export { expect } from '@playwright/test';
