/** What a device says of itself, in one line of Markdown that shows it as it is: no link, no image, no markup. */
export const asMarkdown = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|~&@]/g, '\\$&')
    // An address that is written out would be made a link.
    .replace(/:\/\//g, ':\\/\\/')
    // What begins a heading, a list or a quotation at the beginning of a line.
    .replace(/^(?:[#+-]|\d+(?=[.)]))/, (begin) => (/\d/.test(begin) ? `${begin}\\` : `\\${begin}`));
