import 'server-only';
import { cache } from 'react';
import { runtime } from '#lib/server/runtime.ts';

/**
 * The number of the newest change when this page began to read its data. Its live connection starts from there, so that
 * a change between reading and connecting is not missed.
 */
export const feedPosition = cache(async () => (await runtime()).services.store.feedHead());
