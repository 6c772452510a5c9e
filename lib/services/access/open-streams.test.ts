import { expect, test } from 'vitest';
import { createOpenStreams } from './open-streams.ts';

test('counts the open streams of each person and refuses one above the limit', () => {
  const open = createOpenStreams(2);
  const [anna, ben] = [{ subject: 'anna' }, { subject: 'ben' }];
  const [first] = [open(anna), open(anna)];
  expect(() => open(anna)).toThrow('too-many-questions.streams');
  open(ben);
  first?.();
  first?.();
  open(anna);
  expect(() => open(anna), 'one that ended twice counts once').toThrow('too-many-questions.streams');
});
