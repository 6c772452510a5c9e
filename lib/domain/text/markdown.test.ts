import { expect, test } from 'vitest';
import { asMarkdown } from './markdown.ts';

test.each([
  ['Xihu 西湖厅', 'Xihu 西湖厅'],
  ['Microphone (2- Built-in Audio)', 'Microphone (2- Built-in Audio)'],
  ['[press](https://evil.example)', '\\[press\\](https:\\/\\/evil.example)'],
  ['![x](//evil.example/p.png)', '!\\[x\\](//evil.example/p.png)'],
  ['<img src=x onerror=1>', '\\<img src=x onerror=1\\>'],
  ['two\n# lines', 'two # lines'],
  ['# heading', '\\# heading'],
  ['- item', '\\- item'],
  ['1. item', '1\\. item'],
  ['10.20.31.7', '10.20.31.7'],
  ['_a_ *b* `c` ~d~ |e| @all &amp;', '\\_a\\_ \\*b\\* \\`c\\` \\~d\\~ \\|e\\| \\@all \\&amp;'],
])('%s is shown as it is', (text, markdown) => {
  expect(asMarkdown(text)).toBe(markdown);
});
