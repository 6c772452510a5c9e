import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { asCardText } from './card-text.ts';
import { asPlainLine } from './plain-line.ts';
import { CLEAN, SUMMARY_FORMS, type Summary, writeSummary } from './summary-form.ts';

const summary = (said: Partial<Summary> = {}): Summary => ({
  name: 'Xihu',
  state: 'Offline',
  room: 'Room 1',
  seen: ['Seen 3 min ago'],
  facts: ['Device id: 1234'],
  issues: [
    {
      title: 'It is offline',
      severity: 'critical',
      evidence: ['Status: Offline'],
      next: 'Next',
      unknown: 'Unknown',
    },
  ],
  none: 'Nothing is wrong',
  checks: { title: 'Told in the room', said: ['Light: no'] },
  link: 'http://desk.example/devices/1234',
  linkText: 'Open',
  ...said,
});

describe('a summary', () => {
  test('in Markdown has a list with nested lists', () => {
    expect(writeSummary('markdown', summary())).toBe(
      '**Xihu**: Offline\nRoom 1\nSeen 3 min ago\nDevice id: 1234\n\n' +
        '- **It is offline** (critical)\n  - Status: Offline\n  - Next\n  - Unknown\n\n' +
        'Told in the room\n- Light: no\n\nhttp://desk.example/devices/1234',
    );
  });

  test('in plain text has no markup', () => {
    expect(writeSummary('plain', summary())).toBe(
      'Xihu: Offline\nRoom 1\nSeen 3 min ago\nDevice id: 1234\n\n' +
        'It is offline (critical)\n  Status: Offline\n  Next\n  Unknown\n\n' +
        'Told in the room\n  Light: no\n\nhttp://desk.example/devices/1234',
    );
  });

  test('as a card has paragraphs, quotations and one link, and nothing that a card does not support', () => {
    const card = writeSummary('dingtalk', summary());
    expect(card.split('\n\n')).toEqual([
      '### Xihu',
      '**Offline** · Room 1',
      'Seen 3 min ago',
      '- Device id: 1234',
      '#### It is offline (critical)',
      '> Status: Offline',
      'Next',
      'Unknown',
      '**Told in the room**',
      '- Light: no',
      '[Open](http://desk.example/devices/1234)',
    ]);
  });

  test.each(SUMMARY_FORMS)(
    'as %s states that there are no issues, and omits the checklist where nobody answered',
    (form) => {
      const text = writeSummary(form, summary({ issues: [], checks: null }));
      expect(text).toContain('Nothing is wrong');
      expect(text).not.toContain('Told in the room');
    },
  );
});

test.each([
  ['Xihu 西湖厅', 'Xihu 西湖厅'],
  ['AILABS_S3_T1', 'AILABS_S3_T1'],
  ['Microphone (2- Built-in Audio)', 'Microphone (2- Built-in Audio)'],
  ['[press](https://evil.example)', '［press］(https：//evil.example)'],
  ['www.evil.example', 'www．evil.example'],
  ['@all', '＠all'],
  ['<b>', '＜b＞'],
  ['_a_ **b**', '＿a＿ ＊＊b＊＊'],
  ['# heading', '＃ heading'],
  ['- item', '－ item'],
  ['12. item', '１２. item'],
  ['10.20.31.7', '10.20.31.7'],
  ['> said', '＞ said'],
  ['two\n\n# lines', 'two # lines'],
])('%j appears in a card as %j', (text, card) => {
  expect(asCardText(text)).toBe(card);
});

test('right-to-left text stays as it was written', () => {
  expect(asPlainLine('a\u202egpj.exe\u2066b\u0000\r\nc')).toBe('a gpj.exe b c');
});

test('no device name adds a line to any format', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...SUMMARY_FORMS), (name, form) => {
      const [text, usual] = [CLEAN[form](name), summary()];
      const named = writeSummary(form, { ...usual, name: text, facts: [text || 'x'] });
      expect(named.split('\n').length).toBe(writeSummary(form, usual).split('\n').length);
    }),
    { numRuns: fuzzRuns(400) },
  );
});

test('no device name adds a link, image or mention to a card', () => {
  const nasty = fc.array(
    fc.constantFrom('[', ']', '(', ')', '!', '@', 'all', ':', '/', '<', '>', '`', '*', ' ', 'a', '\\'),
  );
  fc.assert(
    fc.property(nasty, (signs) => {
      expect(asCardText(signs.join(''))).not.toMatch(/[[\]<>`*@\\]|:\/\//);
    }),
    { numRuns: fuzzRuns(400) },
  );
});
