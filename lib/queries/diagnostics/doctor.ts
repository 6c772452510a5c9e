import type { HealthCheckOutput } from '#lib/domain/diagnostics/doctor.ts';
import { isProblem, ProblemError, ServerUnreachable } from '#lib/queries/fetch-json.ts';

/**
 * Has the connection checked and hears each piece as it is found. Resolves when the walk is over, with whether its end was
 * told. Throws ProblemError for what the desk says went wrong, ServerUnreachable when it says nothing.
 */
export async function checkConnection(
  hear: (overrides: HealthCheckOutput) => void,
): Promise<{ whole: boolean }> {
  const headers = { Accept: 'application/x-ndjson', 'Content-Type': 'application/json' };
  let response: Response;
  try {
    response = await fetch('/api/v1/system/health-check', { method: 'POST', headers, body: '{}' });
  } catch (error) {
    throw new ServerUnreachable(error);
  }
  if (!response.ok || response.body === null) throw await asError(response);
  let whole = false;
  for await (const line of linesOf(response.body)) {
    const overrides = JSON.parse(line) as HealthCheckOutput;
    whole ||= overrides.kind === 'done';
    hear(overrides);
  }
  return { whole };
}

async function asError(response: Response): Promise<Error> {
  const body: unknown = await response.json().catch(() => null);
  return isProblem(body) ? new ProblemError(body) : new ServerUnreachable(response.status);
}

/** The lines of a body, each when it is whole. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read().catch((error: unknown) => {
      throw new ServerUnreachable(error);
    });
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
