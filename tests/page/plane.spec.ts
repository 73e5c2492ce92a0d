import { expect, test } from './visitor';
import type { Page } from '@playwright/test';
import { overflow, press, reach, seriousFaults } from './support';

/** Small updates, quick where a CPU plays the GPU. */
const PLANE = './?view=plane&batch=32';

const surface = (page: Page) => page.getByRole('application', { name: /Drawing surface/ });

const spread = async (page: Page): Promise<number> =>
  Number(await page.getByTestId('spread-value').textContent());

/** Draws a line on the drawing surface; places are shares of its width and height. */
const draw = async (page: Page, from: [number, number], to: [number, number]): Promise<void> => {
  await surface(page).scrollIntoViewIfNeeded();
  const box = await surface(page).boundingBox();
  if (box === null) throw new Error('The drawing surface is not on the page.');
  const at = ([x, y]: [number, number]): [number, number] => [
    box.x + x * box.width,
    box.y + y * box.height,
  ];
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 8 });
  await page.mouse.up();
};

/** The picture, as a data URL. */
const pixels = (page: Page): Promise<string> =>
  page
    .getByTestId('picture')
    .evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ''));

/** Names of the classes that the picture can show alone. */
const classes = (page: Page) =>
  page.getByRole('group', { name: 'Class', exact: true }).getByRole('radio');

test('a drawn distribution: the spear drives its points apart, the shield brings them back', async ({
  page,
}) => {
  await page.goto(PLANE);
  await page.getByRole('radio', { name: 'Draw your own' }).check();
  await draw(page, [0.3, 0.35], [0.6, 0.35]);

  // One class is still empty, and the page says which.
  await press(page, 'Use this');
  await expect(page.getByRole('alert').filter({ hasText: 'Class 2' })).toBeVisible();
  await page.getByRole('radio', { name: 'Class 2' }).check();
  await draw(page, [0.4, 0.6], [0.7, 0.6]);
  await expect(page.getByRole('alert').filter({ hasText: 'Class 2' })).toHaveCount(0);
  await press(page, 'Use this');
  await expect(page.getByTestId('picture')).toBeVisible();
  await expect(classes(page)).toHaveCount(3);

  await press(page, 'Spear alone');
  await expect.poll(() => spread(page), { timeout: 120_000 }).toBeGreaterThan(3);
  const driven = await spread(page);
  await press(page, 'Add the shield');
  await expect(page.getByRole('switch', { name: 'DM, the shield' })).toBeChecked();
  await expect.poll(() => spread(page), { timeout: 120_000 }).toBeLessThan(0.7 * driven);

  // It outlives a reload.
  await page.reload();
  await page.getByRole('radio', { name: 'Draw your own' }).check();
  await press(page, 'Back to the picture');
  await expect(classes(page)).toHaveCount(3);
});

test('pausing holds the points; one iteration, starting anew, a halt, and a lost graphics card', async ({
  page,
}) => {
  await page.goto(PLANE);
  await press(page, 'Start');
  await reach(page, 3);
  await press(page, 'Pause');
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  await page.waitForTimeout(1000);
  const held = Number(await page.getByTestId('iteration-value').textContent());
  await press(page, 'One iteration');
  await expect(page.getByTestId('iteration-value')).toHaveText(String(held + 1));

  await press(page, 'Begin anew');
  await expect(page.getByTestId('iteration-value')).toHaveText('0');
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible({ timeout: 120_000 });
  await expect(page.getByTestId('spread-value')).not.toHaveText('–');

  // Whoever points at a term in the formula sees which arrows are its own.
  const update = page.getByRole('region', { name: 'The update of the student' });
  await page.getByRole('heading', { level: 1 }).hover();
  const plain = await pixels(page);
  await update.getByRole('button', { name: /the spear/ }).hover();
  await expect.poll(() => pixels(page)).not.toBe(plain);
  const spear = await pixels(page);
  await update.getByRole('button', { name: /the shield/ }).hover();
  await expect.poll(() => pixels(page)).not.toBe(spear);
  await page.getByRole('heading', { level: 1 }).hover();
  await expect.poll(() => pixels(page)).toBe(plain);

  // A student that diverges halts in words, and goes on when it is calmed.
  await page.getByText('More settings', { exact: true }).click();
  const rate = page.getByRole('textbox', { name: 'Student’s learning rate' });
  const calm = await rate.inputValue();
  await rate.fill('1');
  await page.getByRole('textbox', { name: 'Student’s gradient clip' }).fill('0');
  await press(page, 'Resume');
  const notice = page.getByRole('status').filter({ hasText: 'Lower its learning rate' });
  await expect(notice).toBeVisible({ timeout: 120_000 });
  await rate.fill(calm);
  const halted = Number(await page.getByTestId('iteration-value').textContent());
  await press(page, 'Resume');
  await reach(page, halted + 2);

  // A lost graphics card is told, and the drawing is still there.
  const [worker] = page.workers();
  if (worker === undefined) throw new Error('The plane’s lab runs in no Worker.');
  await worker.evaluate(() => {
    type Encode = (this: GPUDevice, descriptor?: GPUObjectDescriptorBase) => GPUCommandEncoder;
    const encode: Encode = Reflect.get(GPUDevice.prototype, 'createCommandEncoder');
    GPUDevice.prototype.createCommandEncoder = function (descriptor) {
      GPUDevice.prototype.createCommandEncoder = encode;
      setTimeout(() => this.destroy(), 0);
      return encode.call(this, descriptor);
    };
  });
  const alert = page.getByRole('alert');
  await expect(alert.getByRole('heading', { name: 'The graphics card was lost' })).toBeVisible();
  await alert.getByRole('button', { name: 'Start again' }).click();
  await expect(alert.getByRole('heading')).toHaveCount(0);
  await reach(page, 1);
});

test('a distribution can be drawn by keyboard', async ({ page }) => {
  await page.goto(PLANE);
  await page.getByRole('radio', { name: 'Draw your own' }).focus();
  await page.keyboard.press('Space');
  await surface(page).focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(surface(page)).toHaveAccessibleName(/1 stroke in 2 classes/);
  await page.keyboard.press('Space');
  await page.keyboard.press('Backspace');
  await expect(surface(page)).toHaveAccessibleName(/1 stroke in 2 classes/);
  await page.getByRole('radio', { name: 'Class 1' }).focus();
  await page.keyboard.press('ArrowRight');
  await surface(page).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Use this' }).focus();
  await page.keyboard.press('Enter');
  await expect(classes(page)).toHaveCount(3);
});

test('each view has its own address, and its Worker ends with it', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('link', { name: 'Plane' }).click();
  await expect(page).toHaveURL(/view=plane/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('in the plane');
  await expect.poll(() => page.workers().length).toBe(0);
  await press(page, 'Start');
  await expect.poll(() => page.workers().length).toBe(1);
  await page.goBack();
  await expect(page.getByRole('link', { name: 'Pictures' })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(page.getByRole('button', { name: 'Reset' })).toBeVisible();
  await page.getByRole('link', { name: 'Plane' }).click();
  await expect(page.getByTestId('run-status')).toContainText('Ready');
  await expect.poll(() => page.workers().length).toBe(0);
});

test('a kept drawing that is broken is dropped, with a word', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('spear-and-shield.plane.drawn', '{"no":1}'));
  await page.goto(PLANE);
  await expect(page.getByText('could not be read, and was dropped')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Pinwheel' })).toBeChecked();
});

test('without WebGPU the densities can be looked at, and training cannot be started', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'gpu', { value: undefined });
  });
  await page.goto(PLANE);
  await expect(page.getByRole('heading', { name: 'This browser has no WebGPU' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start' })).toHaveCount(0);
  const before = await pixels(page);
  await page.getByRole('radio', { name: 'Two moons' }).check();
  await expect.poll(() => pixels(page)).not.toBe(before);
  const clean = await pixels(page);
  await page.getByRole('checkbox', { name: 'Renoised to τ', exact: true }).check();
  await expect.poll(() => pixels(page)).not.toBe(clean);
});

test('axe finds nothing serious in the plane, in light and dark, and nothing sticks out sideways', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(PLANE);
  await expect(page.getByTestId('picture')).toBeVisible();
  for (const drawing of [false, true]) {
    if (drawing) await page.getByRole('radio', { name: 'Draw your own' }).check();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousFaults(page), colorScheme).toEqual([]);
    }
    for (const width of [375, 768, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      await expect.poll(() => overflow(page), `at ${width} pixels`).toBeLessThanOrEqual(0);
    }
  }
  await expect(surface(page)).toBeVisible();
});
