import { asPlainLine } from './plain-line.ts';

/** What a device says of itself, in one line of Markdown that shows it as it is: no link, no image, no markup. */
export const asMarkdown = (text: string): string =>
  asPlainLine(text)
    .replace(/[\\`*_[\]<>|~&@]/g, '\\$&')
    // An address that is written out would be made a link.
    .replace(/:\/\//g, ':\\/\\/')
    .replace(/\bwww\./gi, (begin) => `${begin.slice(0, -1)}\\.`)
    // What begins a heading, a list or a quotation at the beginning of a line.
    .replace(/^(?:[#+-]|\d+(?=[.)](?:\s|$)))/, (begin) => (/\d/.test(begin) ? `${begin}\\` : `\\${begin}`));
