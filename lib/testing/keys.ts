import { createKeyring } from '#lib/store/sealing/keyring.ts';

/** AUTH_SECRET of an installation in a test. */
export const SECRET = 'a secret of tests that is long enough for one';

/** Its keys. */
export const KEYS = createKeyring(SECRET);
