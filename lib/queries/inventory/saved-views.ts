import type { SavedView } from '#lib/domain/search/pins-and-recents.ts';
import { sendJson } from '#lib/queries/fetch-json.ts';

/** Longest name of a view; the server refuses a longer one. */
export const MAX_VIEW_NAME = 80;

/** Keeps a view of one of our lists under a name; one of the same name is replaced. */
export async function saveView(name: string, path: string): Promise<SavedView> {
  return (await sendJson('POST', '/api/v1/views', { name, path })) as SavedView;
}

/** Forgets a view. */
export async function removeView(id: string): Promise<void> {
  await sendJson('DELETE', `/api/v1/views/${encodeURIComponent(id)}`);
}
