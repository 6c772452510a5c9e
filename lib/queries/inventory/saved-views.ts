import type { SavedView } from '#lib/api/search/search-answers.ts';
import { sendJson } from '#lib/queries/fetch-json.ts';

/** Keeps a view of one of our lists under a name; one of the same name is replaced. */
export async function saveView(name: string, path: string): Promise<SavedView> {
  return (await sendJson('POST', '/api/v1/views', { name, path })) as SavedView;
}

/** Forgets a view. */
export async function removeView(id: string): Promise<void> {
  await sendJson('DELETE', `/api/v1/views/${encodeURIComponent(id)}`);
}
