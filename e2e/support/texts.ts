import en from '../../lib/i18n/en.json' with { type: 'json' };
import zh from '../../lib/i18n/zh.json' with { type: 'json' };

export { en, zh };

type ProblemTexts = { title: string; detail: string; hint: string };

/** The texts of Rooms Desk for a reason such as `dingtalk-refused.scope`, in English, with its values filled in. */
export function problemTexts(reason: string, values: Record<string, string> = {}): ProblemTexts {
  const [code = '', why = ''] = reason.split('.');
  const found = (en.problems as Record<string, Record<string, ProblemTexts>>)[code]?.[why];
  if (!found) throw new Error(`en.json has no words for ${reason}.`);
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  return { title: fill(found.title), detail: fill(found.detail), hint: fill(found.hint) };
}

/** Every text of a catalogue with its key, such as `device.refresh`. */
export function textsOf(catalogue: object, path = ''): [key: string, text: string][] {
  return Object.entries(catalogue).flatMap(([name, value]): [string, string][] => {
    const key = path === '' ? name : `${path}.${name}`;
    return typeof value === 'string' ? [[key, value]] : textsOf(value as object, key);
  });
}
