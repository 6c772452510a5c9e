/** Runs once when the server starts: a configuration that cannot work stops it here, in plain words. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { runtime } = await import('#lib/runtime.ts');
  try {
    await runtime();
  } catch (error) {
    const problems = (error as { problems?: string[] }).problems ?? [String(error)];
    console.error(`Rooms Desk cannot start:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    process.exit(1);
  }
}
