/** The error of these settings as a sentence; undefined when they are valid. */
export function refusedSetting(
  wanted: Record<string, unknown>,
  checks: Record<string, (value: unknown) => boolean>,
): string | undefined {
  for (const [name, value] of Object.entries(wanted)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check) return `there is no setting ${name}; there are ${Object.keys(checks).join(', ')}`;
    if (!check(value)) return `${name} cannot be ${JSON.stringify(value)}`;
  }
  return undefined;
}
