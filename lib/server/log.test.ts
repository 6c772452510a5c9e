import { describe, expect, test } from 'vitest';
import { createLog } from './log.ts';

function write(
  level: string,
  secrets: string[],
  notify: (log: ReturnType<typeof createLog>) => void,
): string[] {
  const lines: string[] = [];
  notify(createLog({ level, secrets, write: (line) => lines.push(line) }));
  return lines;
}

describe('the log', () => {
  test('has one JSON line per entry', () => {
    const lines = write('info', [], (log) => log.info('dingtalk called', { status: 200 }));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', fact: 'dingtalk called', status: 200 });
  });

  test('respects its level', () => {
    expect(write('warn', [], (log) => log.info('quiet'))).toEqual([]);
  });

  test('redacts a secret everywhere, even inside an error of a library', () => {
    const lines = write('info', ['canary-secret'], (log) =>
      log.error('failed', { cause: 'GET https://x/?s=canary-secret', deep: { list: ['canary-secret'] } }),
    );
    expect(lines.join()).not.toContain('canary-secret');
    expect(lines.join()).toContain('[secret]');
  });

  test('keeps a text with line breaks and control characters on one line', () => {
    const [line = ''] = write('info', [], (log) => log.info('x', { text: 'a\nb\u0000\u2028' }));
    expect(line.trimEnd()).not.toContain('\n');
  });
});
