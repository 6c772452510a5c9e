import { expect, test } from 'vitest';
import { trustsOf } from './trusted-proxies.ts';

test.each(['10.0.0.0/33', '10.0.0', 'proxy.example', 'fd00::/129', '10.0.0.0/8/8', '10.0.0.0/'])(
  'an entry such as %s is refused',
  (proxy) => expect(() => trustsOf([proxy])).toThrow(RangeError),
);
