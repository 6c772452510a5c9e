import type { SecretUse, SecretUseCount, SecretUser } from '#lib/domain/access/secret-use.ts';

/** How often secrets are searched for and shown, counted over all instances. Times are milliseconds since the epoch. */
export type SecretUseStore = {
  /** Counts a use in the window that began at `window`; answers how many there were in it, this one included. */
  countSecretUse(
    counted: { use: SecretUse; by: SecretUser; key: string; name: string },
    when: { window: number; at: number },
  ): Promise<number>;
  /** The counts of windows that began at `since` or later, the last used first. */
  secretUses(since: number): Promise<SecretUseCount[]>;
};
