import { expect, test } from './visitor';
import { iteration, openLab, pause, pixels, press, reach, seriousFaults, start } from './support';

test('a visitor looks back through a run, fixes what prompts say, and votes without knowing whose', async ({
  page,
}) => {
  await openLab(page);
  const vote = page.getByRole('button', { name: /^Blind vote/ });
  await vote.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('A vote takes two arms')).toBeVisible();
  await press(page, 'Duplicate');
  await page.getByRole('switch', { name: 'DM, the shield' }).click();
  await page
    .getByRole('group', { name: 'Student’s steps' })
    .getByRole('radio', { name: '2' })
    .check({ force: true });
  await start(page);
  // What the arms are compared with: the teacher in one step, in two as the second arm, guided, and data.
  for (const name of [
    'Teacher, one step',
    'Teacher, 2 steps',
    'Teacher, guided, 25 steps',
    'Real',
  ]) {
    await expect(page.getByRole('img', { name: `Pictures: ${name}` })).toBeVisible();
  }
  await reach(page, 12);
  await pause(page);
  // Held arms are drawn once more, as they are.
  const held = await iteration(page);
  for (const arm of ['arm-1', 'arm-2']) {
    await expect(page.getByTestId(`note-${arm}`)).toHaveText(`iteration ${held}`);
  }

  // Back by keyboard: all arms at once, at the iteration that is named.
  const timeline = page.getByTestId('timeline');
  await expect(timeline).toHaveText(/^now, iteration \d+$/);
  const [now, second] = [await pixels(page, /Arm 1/), await pixels(page, /Arm 2/)];
  const slider = page.getByRole('slider', { name: 'Moment of the run' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(timeline).toHaveText(/^iteration 0 of \d+$/);
  for (const arm of ['arm-1', 'arm-2']) {
    await expect(page.getByTestId(`note-${arm}`)).toHaveText('looking back: iteration 0');
  }
  // Before training a student draws what the teacher draws in as many steps.
  expect(await pixels(page, /Arm 1/)).toBe(await pixels(page, /Teacher, one step/));
  expect(await pixels(page, /Arm 1/)).not.toBe(now);
  await page.keyboard.press('ArrowRight');
  await expect(timeline).not.toHaveText(/^iteration 0 of/);
  await expect(slider).toHaveAttribute('aria-valuetext', /^iteration [1-9]\d* of \d+$/);

  // The microscope says that it does not look back.
  await page.getByRole('button', { name: /^Arm 1, .*picture 1:/ }).click();
  const microscope = page.getByRole('dialog', { name: 'Under the microscope' });
  await expect(microscope).toContainText('looks at the student as it is now');
  await page.keyboard.press('Escape');

  await slider.focus();
  await page.keyboard.press('End');
  await expect(timeline).toHaveText(/^now, iteration \d+$/);
  expect([await pixels(page, /Arm 1/), await pixels(page, /Arm 2/)]).toEqual([now, second]);

  // Played, it comes back to now by itself.
  await page.getByRole('radio', { name: '4 times' }).click();
  await press(page, 'Play the run as a time-lapse');
  await expect(page.getByRole('button', { name: 'Play the run as a time-lapse' })).toBeVisible();
  await expect(timeline).toHaveText(/^now, iteration \d+$/);

  // Glasses for all, then not for one; the rest stays as it was drawn.
  const prompts = page.getByRole('list', { name: 'Prompts of the pictures' });
  const panel = page.getByRole('button', { name: 'Prompts', exact: true });
  await panel.click();
  await expect(prompts.getByRole('button')).toHaveCount(4);
  const drawn = await prompts.getByRole('button').allTextContents();
  await press(page, 'Glasses: as drawn');
  await page.getByRole('menuitemradio', { name: 'sunglasses' }).click();
  await expect(page.getByTestId('pinned')).toHaveText('All: sunglasses; the rest as drawn.');
  await expect(prompts.getByRole('button', { name: 'sunglasses' })).toHaveCount(4);
  await expect.poll(() => pixels(page, /Arm 1/)).not.toBe(now);
  // Another order of pictures has no past yet.
  await expect(timeline).toContainText('gathers here');
  await prompts.getByRole('button').nth(1).click();
  await press(page, /^Glasses: sunglasses/);
  await page.getByRole('menuitemradio', { name: 'no glasses' }).click();
  await expect(prompts.getByRole('button', { name: 'sunglasses' })).toHaveCount(3);
  await press(page, 'All as drawn');
  await expect.poll(() => prompts.getByRole('button').allTextContents()).toEqual(drawn);
  expect(await seriousFaults(page)).toEqual([]);
  await panel.click();

  // The vote, by keyboard: nothing says whose pictures these are before the result.
  await vote.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Blind vote' });
  await expect(dialog.getByTestId('vote-turn')).toHaveText('Pair 1 of 4');
  await expect(dialog).not.toContainText('Arm');
  await page.keyboard.press('1');
  await expect(dialog.getByTestId('vote-turn')).toHaveText('Pair 2 of 4');
  await page.keyboard.press('2');
  await page.keyboard.press('Space');
  await expect(dialog.getByTestId('vote-turn')).toHaveText('Pair 4 of 4');
  await dialog.getByRole('button', { name: 'See the result' }).click();
  await expect(dialog.getByTestId('vote-result')).toHaveText(
    /^Arm 1 won [012] of 2 votes\. One tie is left out\.$/,
  );
  await expect(dialog).toContainText(/Win rate of Arm 1: \d+ %, interval \d+ % to \d+ %/);
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');

  // The votes are in the record that is taken home.
  await expect(dialog).toHaveCount(0);
  await press(page, 'Take it home');
  const home = page.getByRole('dialog', { name: 'Take it home' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    home.getByRole('button', { name: 'Record as JSON' }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const record = JSON.parse(Buffer.concat(chunks).toString()) as { votes: { tie: boolean }[] };
  expect(record.votes.map(({ tie }) => tie)).toEqual([false, false, true]);
});
