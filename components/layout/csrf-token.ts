/** next-auth's token against forged requests, or null when this desk does not answer. */
export async function csrfToken(): Promise<string | null> {
  try {
    const response = await fetch('/api/auth/csrf');
    const body = (await response.json()) as { csrfToken?: unknown };
    return response.ok && typeof body.csrfToken === 'string' ? body.csrfToken : null;
  } catch {
    return null;
  }
}
