import { expect, test } from './visitor';
import { press, reach, seriousFaults, serveTeacher, SMALL_LAB } from './support';

test('without WebGPU the page says what is missing and what helps', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'gpu', { value: undefined });
  });
  await page.goto('./');
  await expect(page.getByRole('heading', { name: 'This browser has no WebGPU' })).toBeVisible();
  await expect(page.getByText('WebGPU is in these browsers')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start' })).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Spear & Shield' })).toBeVisible();

  // Recorded runs can be looked through.
  const recorded = page.getByRole('region', { name: 'Meanwhile: runs that were recorded' });
  const sheet = recorded.getByRole('img', { name: /^CA only: pictures/ });
  await expect(sheet).toHaveAccessibleName('CA only: pictures at iteration 100');
  const last = await sheet.getAttribute('src');
  await recorded.getByRole('slider', { name: 'Iteration' }).focus();
  await page.keyboard.press('Home');
  await expect(sheet).toHaveAccessibleName('CA only: pictures at iteration 0');
  expect(await sheet.getAttribute('src')).not.toBe(last);
  await expect(recorded.getByRole('listitem').first()).toContainText('seen');
  await recorded.getByRole('combobox', { name: 'Experiment' }).selectOption('e5');
  await expect(recorded.getByRole('img', { name: /^Decoupled, hybrid/ })).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
});

test('without an adapter the page explains, and looks again when asked', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator.gpu, 'requestAdapter', {
      configurable: true,
      value: () => Promise.resolve(null),
    });
  });
  await page.goto('./');
  await expect(page.getByRole('heading', { name: 'no graphics card answers' })).toBeVisible();
  await expect(page.getByText('hardware acceleration')).toBeVisible();

  // The real one, on the prototype, is in force again.
  await page.evaluate(() => Reflect.deleteProperty(navigator.gpu, 'requestAdapter'));
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
});

test('what an address asks for in vain is named, and may be waved away', async ({ page }) => {
  await page.goto('./?batch=lots&teacher=https://elsewhere.example/t.safetensors&colour=red');
  const notice = page.getByRole('status').filter({ hasText: 'ignored' });
  await expect(notice).toContainText('“batch” must be a whole number');
  await expect(notice).toContainText('“teacher” must be a known name');
  await expect(notice).toContainText('“colour” is not a parameter');
  await page.getByRole('button', { name: 'Dismiss this notice' }).click();
  await expect(page.getByText('“colour” is not a parameter')).toHaveCount(0);

  await page.goto('./?teacher=nobody');
  await expect(page.getByText('There is no teacher called “nobody”')).toBeVisible();
});

test('a part that cannot be fetched is told and asked for again; a page that breaks says so', async ({
  page,
}) => {
  const gallery = /GalleryDialog/;
  await page.route(gallery, (route) => route.abort());
  await page.goto('./');
  await press(page, /^Experiments/);
  const missing = page.getByText('A part of this page could not be fetched');
  await expect(missing).toBeVisible();
  await page.unroute(gallery);
  await press(page, 'Try again');
  const dialog = page.getByRole('dialog', { name: 'Experiments' });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('list').first()).toHaveCSS('display', 'grid');
  await expect(missing).toHaveCount(0);

  await page.addInitScript(() => Reflect.deleteProperty(window, 'ResizeObserver'));
  await page.goto('./');
  await expect(page.getByRole('alert')).toContainText('This page broke');
});

test('teachers that cannot be read, and a lost graphics card, are told, and the next run works', async ({
  page,
}) => {
  const alert = page.getByRole('alert');
  await test.step('a missing teacher is refused in words', async () => {
    await page.goto('./?teacher=nowhere/none.safetensors');
    await page.getByRole('button', { name: 'Start' }).click();
    await expect(
      page.getByRole('heading', { name: 'The teacher could not be read' }),
    ).toBeVisible();
  });
  await test.step('a broken teacher is refused in words, and a good one helps', async () => {
    await serveTeacher(page, Buffer.from('this is no safetensors file'));
    await page.goto(SMALL_LAB);
    await page.getByRole('button', { name: 'Start' }).click();
    await expect(
      alert.getByRole('heading', { name: 'The teacher could not be read' }),
    ).toBeVisible();

    await page.unrouteAll();
    await serveTeacher(page);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(alert).toHaveCount(0);
    await reach(page, 1);
  });
  await test.step('a lost graphics card is told, and the next run gets a new one', async () => {
    const [worker] = page.workers();
    if (worker === undefined) throw new Error('The lab runs in no Worker.');
    // The next device that encodes anything is the lab's own.
    await worker.evaluate(() => {
      type Encode = (this: GPUDevice, descriptor?: GPUObjectDescriptorBase) => GPUCommandEncoder;
      const encode: Encode = Reflect.get(GPUDevice.prototype, 'createCommandEncoder');
      GPUDevice.prototype.createCommandEncoder = function (descriptor) {
        GPUDevice.prototype.createCommandEncoder = encode;
        setTimeout(() => this.destroy(), 0);
        return encode.call(this, descriptor);
      };
    });
    await expect(alert.getByRole('heading', { name: 'The graphics card was lost' })).toBeVisible();
    await expect(page.getByTestId('imageVariance-arm-1')).not.toHaveText('–');

    await alert.getByRole('button', { name: 'Start again' }).click();
    await expect(alert).toHaveCount(0);
    await reach(page, 1);
  });
});
