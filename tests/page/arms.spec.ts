import { expect, test } from './visitor';
import {
  armRow,
  chart,
  chooseExperiment,
  figure,
  iteration,
  openLab,
  pause,
  pixels,
  press,
  reach,
  start,
} from './support';

test('arms are compared, changed while they train, halted, and set up after an experiment', async ({
  page,
}) => {
  await openLab(page);
  await test.step('arms train side by side from the same noise and differ by their switches', async () => {
    await press(page, 'Duplicate');
    await page.getByRole('switch', { name: 'DM, the shield' }).click();
    await expect(armRow(page, 'Arm 2')).toContainText('CA ×4 only, one step');
    await expect(armRow(page, 'Arm 2')).toContainText('Unlike the first: DM off');
    await start(page);
    await reach(page, 20);
    await pause(page);
    const held = await iteration(page);
    for (const arm of ['arm-1', 'arm-2']) {
      await expect(page.getByTestId(`note-${arm}`)).toHaveText(`iteration ${held}`);
    }
    expect(await pixels(page, /Arm 1/)).not.toBe(await pixels(page, /Arm 2/));
    // Without the shield the variance of the pictures runs away.
    expect(await figure(page, 'imageVariance', 'arm-2')).toBeGreaterThan(
      1.1 * (await figure(page, 'imageVariance', 'arm-1')),
    );
    const variance = chart(page, 'Variance of the pictures');
    await variance.scrollIntoViewIfNeeded();
    await expect(variance.locator('path.recharts-line-curve')).toHaveCount(2);
    // Measured by the classifier meanwhile.
    await expect(page.getByTestId('meanAccuracy-arm-1')).not.toHaveText('–');

    // Another shield, switched on in the middle of the run.
    await page.getByRole('switch', { name: 'Mean-variance' }).click();
    await expect(page.getByTestId('targets')).toContainText('variance 0.');
    await press(page, 'Resume');
    await expect(page.getByTestId('meanVarianceNorm-arm-2')).not.toHaveText('–', {
      timeout: 120_000,
    });

    await press(page, 'Reset');
    await expect(page.getByTestId('iteration-value')).toHaveText('0');
    await expect(variance).toContainText('previous run: Arm 2 (CA only, then CA + mean-variance');
  });
  await test.step('an arm is renamed and removed while others train', async () => {
    await start(page);
    await press(page, 'Duplicate');
    await expect(page.getByTestId('note-arm-3')).toContainText('iteration');
    await press(page, 'Rename Arm 3');
    await page.getByRole('textbox', { name: 'Name of Arm 3' }).fill('Twin');
    await page.keyboard.press('Enter');
    await expect(armRow(page, 'Twin')).toBeVisible();
    await press(page, 'Remove Twin');
    await expect(armRow(page, 'Twin')).toHaveCount(0);
    const now = await iteration(page);
    await reach(page, now + 2);
  });
  await test.step('an arm that diverges halts in words while the other goes on', async () => {
    await page.getByText('More settings', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Student’s learning rate' }).fill('1');
    await expect(armRow(page, 'Arm 2')).toContainText('Halted at iteration', { timeout: 120_000 });
    await expect(armRow(page, 'Arm 2')).toContainText('Lower its learning rate');
    const then = await iteration(page);
    await reach(page, then + 3);
    await expect(armRow(page, 'Arm 1')).not.toContainText('Halted');
  });
  await test.step('an experiment sets up its arms, and its claims are judged; the microscope looks inside', async () => {
    await chooseExperiment(page, 'E1: Engine or regularizer?');
    for (const name of ['CA + DM', 'CA only', 'DM only']) {
      await expect(armRow(page, name)).toBeVisible();
    }
    await start(page);
    await reach(page, 2);
    await pause(page);
    const claims = page.getByRole('list', { name: /The paper’s claims/ });
    await expect(claims.getByRole('listitem').first()).toContainText(/has done \d+ of/);

    // Here an arm has the id of a term: the term's curve is hidden alone.
    const term = chart(page, 'Size of the updates').getByRole('button', {
      name: 'CA',
      exact: true,
    });
    const curves = chart(page, 'Variance of the pictures').locator('path.recharts-line-curve');
    await chart(page, 'Variance of the pictures').scrollIntoViewIfNeeded();
    // Of three arms, and of the two of the run before.
    await expect(curves).toHaveCount(5);
    await term.click();
    await expect(term).toHaveAttribute('aria-pressed', 'false');
    await expect(
      chart(page, 'Variance of the pictures').getByRole('button', { name: 'CA only', exact: true }),
    ).toHaveAttribute('aria-pressed', 'true');
    await expect(curves).toHaveCount(5);
    await term.click();

    await page.getByRole('button', { name: /^CA \+ DM, one step, picture 2:/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Under the microscope' });
    await expect(dialog).toContainText('CA + DM, picture 2');
    const views = dialog.getByTestId('views');
    await expect(views).toHaveAttribute('data-tau', '0.50');
    await expect(views.getByRole('img')).toHaveCount(7);
    await dialog.getByRole('slider', { name: 'Noise level' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(views).toHaveAttribute('data-tau', '0.51');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  });
});
