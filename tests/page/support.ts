import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** A small trained teacher, quick enough for a CPU that plays the GPU. */
const TINY_TEACHER = fileURLToPath(
  new URL('../fixtures/tiny-teacher.safetensors', import.meta.url),
);
const TEACHER_PATH = 'fixtures/tiny-teacher.safetensors';

/** A small lab: the tiny teacher, few pictures, small measurements. */
export const SMALL_LAB = `./?teacher=${TEACHER_PATH}&batch=8&images=4&samples=8`;

/** The arm that a freshly opened page has. */
export const FIRST_ARM = 'arm-1';

/** Serves the tiny teacher, or `body` in its place, at the address that SMALL_LAB names. */
export const serveTeacher = async (page: Page, body?: Buffer): Promise<void> => {
  await page.route(
    (url) => url.pathname.endsWith(TEACHER_PATH),
    (route) => route.fulfill(body === undefined ? { path: TINY_TEACHER } : { body }),
  );
};

/** Opens the page with the tiny teacher, and whatever else the address is to say. */
export const openLab = async (page: Page, more = ''): Promise<void> => {
  await serveTeacher(page);
  await page.goto(`${SMALL_LAB}${more}`);
};

/** Presses the button of that name. */
export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).click();

const numberIn = async (page: Page, testId: string): Promise<number> =>
  Number(await page.getByTestId(testId).textContent());

/** The iteration that the run bar shows. */
export const iteration = (page: Page): Promise<number> => numberIn(page, 'iteration-value');

/** The newest value of a figure of an arm, as written beside its curve. */
export const figure = (page: Page, name: string, arm = FIRST_ARM): Promise<number> =>
  numberIn(page, `${name}-${arm}`);

/** Waits until the run has come to iteration `count`. */
export const reach = (page: Page, count: number): Promise<void> =>
  expect.poll(() => iteration(page), { timeout: 120_000 }).toBeGreaterThanOrEqual(count);

/** Presses Start and waits until the run trains. */
export const start = async (page: Page): Promise<void> => {
  await press(page, 'Start');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible({ timeout: 120_000 });
};

/** Pauses, and waits until no iteration is under way. */
export const pause = async (page: Page): Promise<void> => {
  await press(page, 'Pause');
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
};

/** The pixels of a grid, as a data URL. */
export const pixels = (page: Page, grid: RegExp): Promise<string> =>
  page
    .getByRole('img', { name: grid })
    .evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ''));

/** Pixels that the page is wider than the window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What axe finds serious or worse, a line each. */
export const seriousFaults = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
};

/** The chart with that title. */
export const chart = (page: Page, title: string) => page.getByRole('figure', { name: title });

/** The row of an arm in the list of arms. */
export const armRow = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Arms' }).getByRole('listitem').filter({ hasText: name });

/** Chooses an experiment in the gallery, by its title. */
export const chooseExperiment = async (page: Page, title: string): Promise<void> => {
  await press(page, /^Experiments/);
  await page
    .getByRole('dialog', { name: 'Experiments' })
    .getByRole('button', { name: title })
    .first()
    .click();
};
