import { expect, test } from './visitor';
import {
  armRow,
  chart,
  chooseExperiment,
  iteration,
  openLab,
  pause,
  press,
  reach,
  serveTeacher,
} from './support';

const THREE = ['CA + DM', 'CA only', 'DM only'];

test('one button shows it happen; the run stays as a ghost, the bench travels as a link', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openLab(page);
  await press(page, 'Watch it happen');
  await expect(page.getByRole('heading', { name: 'Same noise, same prompts' })).toBeInViewport();
  for (const name of THREE) await expect(armRow(page, name)).toBeVisible();
  await reach(page, 2);
  for (const name of THREE) {
    await expect(page.getByRole('img', { name: `Pictures: ${name}` })).toBeVisible();
  }
  const claims = page.getByRole('list', { name: /The paper’s claims/ });
  await expect(claims.getByRole('listitem')).toHaveCount(4);
  await expect(claims.getByRole('listitem').first()).toContainText(/has done \d+ of/);
  await expect(page.getByRole('link', { name: 'See it' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Watch it happen' })).toHaveCount(0);

  await pause(page);
  await press(page, 'Keep as ghost');
  await press(page, 'Reset');
  const ghosts = page.getByRole('list', { name: 'Earlier runs in the charts' });
  await expect(ghosts.getByRole('listitem')).toHaveCount(1);
  await press(page, /^Rename run up to iteration/);
  await page.getByRole('textbox', { name: /^Name of run up to/ }).fill('the earlier');
  await page.keyboard.press('Enter');
  await expect(chart(page, 'Size of the updates')).not.toContainText('the earlier');
  await expect(chart(page, 'Variance of the pictures')).toContainText('the earlier: CA only');
  await expect(chart(page, 'Loss of the critic')).toContainText('the earlier: DM only');

  // It is kept in this browser, and removed when that is asked for.
  await page.reload();
  await expect(ghosts.getByRole('listitem')).toHaveText('the earlier');
  await expect(chart(page, 'Variance of the pictures')).toContainText('the earlier: CA only');
  await press(page, 'Remove the earlier');
  await press(page, 'Really remove the earlier');
  await expect(ghosts).toHaveCount(0);

  await press(page, 'Copy link');
  await expect(page.getByRole('button', { name: 'Link copied' })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('#s=1.');
  expect(new URL(link).search).toBe('');

  const other = await context.newPage();
  await serveTeacher(other);
  await other.goto(link);
  await expect(other.getByRole('status').filter({ hasText: 'The link is set up' })).toBeVisible();
  for (const name of THREE) await expect(armRow(other, name)).toBeVisible();
  await expect(other.getByRole('list', { name: /The paper’s claims/ })).toBeVisible();
  expect(await iteration(other)).toBe(0);
  await other.close();
});

test('a broken link changes nothing; set-ups are kept in the gallery, and in the address', async ({
  page,
}) => {
  await serveTeacher(page);
  await page.goto('./#s=1.t_kBFMMiBA');
  await expect(page.getByText(/was not opened, and nothing was changed/)).toBeVisible();
  await expect(armRow(page, 'Arm 1')).toBeVisible();
  await press(page, 'Dismiss this notice');

  // A link that comes into the address of an open page.
  await page.goto('./#s=1.t_kBFMMiBAA');
  await expect(page.getByText(/E1: Engine or regularizer\?, 3 arms of “Avatars”/)).toBeVisible();
  await armRow(page, 'CA only').getByRole('button').first().click();
  await press(page, 'Remove CA only');
  // The focus does not go with the row.
  await expect(armRow(page, 'DM only').getByRole('button').first()).toBeFocused();
  await expect(page).toHaveURL(/#s=1\..{20}/);

  await press(page, /^Experiments/);
  const gallery = page.getByRole('dialog', { name: 'Experiments' });
  await gallery
    .getByRole('textbox', { name: 'Name of the present set-up' })
    .fill('Without the spear alone');
  await page.keyboard.press('Enter');
  await expect(gallery.getByRole('button', { name: /^Without the spear alone/ })).toBeVisible();
  await page.keyboard.press('Escape');

  // After a reload the bench is as it was, and what was kept is there.
  await page.reload();
  await expect(armRow(page, 'DM only')).toBeVisible();
  await expect(armRow(page, 'CA only')).toHaveCount(0);
  await chooseExperiment(page, 'E2: Is DM the only regularizer?');
  await expect(armRow(page, 'DM only')).toHaveCount(0);
  await press(page, /^Experiments/);
  await gallery.getByRole('button', { name: /^Without the spear alone/ }).click();
  await expect(armRow(page, 'DM only')).toBeVisible();
  await expect(armRow(page, 'CA only')).toHaveCount(0);
  await press(page, /^Experiments/);
  await press(page, 'Remove Without the spear alone');
  await press(page, 'Really remove Without the spear alone');
  await expect(gallery.getByRole('button', { name: /^Without the spear alone/ })).toHaveCount(0);
});
