import { expect } from '../support/app.ts';
import { hostileFields, leaveHostileNote, RTL, sayHostile } from '../support/hostile.ts';
import { turnedTexts, watch } from './page-integrity.ts';
import { checkScreens, test } from './screen-check.ts';
import { prepareScreens, SCREENS } from './screens.ts';

// Its device 1234 and the note about it stay hostile, so no other file may share this server.
test.use({ appOptions: { own: 'hostile screens' } });

test.beforeAll(async ({ app, api }) => {
  const support = await api('support');
  await prepareScreens(support, app);
  for (const at of [7, 8]) await sayHostile(app, support, hostileFields(at));
  await leaveHostileNote(support);
});

checkScreens(SCREENS);

test('the checks of these tests detect what they look for', async ({ page, app }) => {
  const { violations } = await watch(page, app.url);
  await page.goto('/sign-in');
  await page.evaluate((mark) => {
    const line = document.createElement('p');
    line.append(`${mark}theirs `, Object.assign(document.createElement('span'), { textContent: 'ours' }));
    document.body.append(line);
    const violation = {
      violatedDirective: 'script-src',
      effectiveDirective: 'script-src',
      originalPolicy: '',
    };
    const rest = {
      blockedURI: 'inline',
      documentURI: location.href,
      disposition: 'enforce' as const,
      statusCode: 200,
    };
    document.dispatchEvent(
      new SecurityPolicyViolationEvent('securitypolicyviolation', { ...violation, ...rest }),
    );
    setTimeout(() => {
      throw new Error('nobody catches this');
    });
  }, RTL);
  expect(await turnedTexts(page)).toEqual([`"ours" by "${RTL}theirs " in <P>`]);
  await expect
    .poll(() => violations.sort())
    .toEqual(['error: nobody catches this', 'policy: script-src inline ']);
});
