/** Runs once when the server starts, before it takes a request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { start } = await import('#lib/server/start.ts');
  await start();
}

/** A page that could not be drawn, as one line of the log; routes tell of their own. */
export async function onRequestError(error: unknown, request: { path: string }): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { reportPageError } = await import('#lib/server/start.ts');
  await reportPageError(error, request.path);
}
