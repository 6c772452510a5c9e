import { request } from 'node:http';
import { expect, test } from 'vitest';
import { Tester } from './tester.ts';

test('answers a client that offers HTTP/2 with HTTP/1.1', async () => {
  const app = await Tester.start();
  const headers = { connection: 'upgrade, http2-settings', upgrade: 'h2c', 'http2-settings': '' };
  const status = await new Promise((resolve, reject) => {
    request(`${app.simulator.origin}/gettoken`, { headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(200);
  await app.simulator.close();
});
