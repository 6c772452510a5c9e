import { expect, test } from 'vitest';
import { AppError } from '#lib/domain/errors.ts';
import { tooManySignIns } from './too-many-sign-ins.ts';

const error = new AppError('too-many-questions.sign-ins', { retryAfterSeconds: 61 });
const answerTo = (accept?: string) =>
  tooManySignIns(error, {
    headers: new Headers(accept === undefined ? {} : { accept }),
    appUrl: 'https://desk.example.com',
    requestId: 'asked',
  });

test('sends a browser to the sign-in page with the minutes to wait', () => {
  const { status, headers } = answerTo('text/html,application/xhtml+xml,*/*;q=0.8');
  expect(status).toBe(303);
  expect(headers.get('location')).toBe('https://desk.example.com/sign-in?error=too-many-sign-ins&minutes=2');
});

test.each([undefined, '*/*', 'application/json'])(
  'answers a program that takes %s with 429',
  async (accept) => {
    const response = answerTo(accept);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('61');
    expect(await response.json()).toMatchObject({ reason: 'too-many-questions.sign-ins' });
  },
);
