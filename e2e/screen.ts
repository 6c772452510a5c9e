import type { Page } from '@playwright/test';
import type { Account, Desk } from './desk.ts';

/** One screen in one of its main states, and how to come to it. */
export type Screen = { name: string; as: Account | null; open: (page: Page, desk: Desk) => Promise<void> };
