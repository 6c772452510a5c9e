import { expect, test } from '../support/app.ts';

/** Runs inside the server before the product's code: each signal causes a failure that nothing handles. */
const SABOTAGE = `
process.on('SIGUSR2', () => { Promise.reject(new Error('nobody waits for this')); });
process.on('SIGWINCH', () => { setTimeout(() => { throw new Error('nobody catches this'); }); });
`;
const preload = `--import=data:text/javascript,${encodeURIComponent(SABOTAGE)}`;

test.use({ appOptions: { env: { NODE_OPTIONS: preload } } });

for (const [signal, fact, message] of [
  ['SIGUSR2', 'unhandled rejection', 'nobody waits for this'],
  ['SIGWINCH', 'uncaught exception', 'nobody catches this'],
] as const) {
  test(`logs an ${fact} as an error and keeps running`, async ({ app, api }) => {
    const support = await api('support');
    expect((await support.get('/sign-in')).status()).toBe(200);
    process.kill(app.pid, signal);
    const facts = () =>
      app
        .logs()
        .split('\n')
        .filter((line) => line.startsWith('server: {'))
        .map((line) => JSON.parse(line.slice('server: '.length)) as Record<string, string>);
    await expect.poll(() => facts().filter((each) => each.fact === fact)).toHaveLength(1);
    const found = facts().find((each) => each.fact === fact);
    expect(found).toMatchObject({ level: 'error', cause: expect.stringContaining(message) });
    expect((await support.get('/api/v1/devices/query?deviceId=1234')).status()).toBe(200);
  });
}
