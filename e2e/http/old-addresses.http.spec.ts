import { expect, test } from '../support/app.ts';

for (const [old, present] of [
  ['/service', '/admin'],
  ['/service/attention', '/alerts'],
  ['/service/audit?action=looked-up', '/admin/audit?action=looked-up'],
  ['/service/people', '/admin/people'],
  ['/service/tokens', '/admin/tokens'],
  ['/wall?group=none', '/wallboard?group=none'],
] as const) {
  test(`the old address ${old} redirects to ${present}`, async ({ request, app }) => {
    const answer = await request.get(old, { maxRedirects: 0 });
    expect(answer.status()).toBe(308);
    expect(new URL(answer.headers().location ?? '', app.url).href).toBe(app.url + present);
  });
}
