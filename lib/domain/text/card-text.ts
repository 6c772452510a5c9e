import { asPlainLine } from './plain-line.ts';

const WIDE_BY = 0xfee0;
const wide = (sign: string) => String.fromCharCode(sign.charCodeAt(0) + WIDE_BY);

/**
 * What a device says of itself, in one line of a DingTalk card. DingTalk's documents name which markup a card understands
 * and no way to write its signs as they are, so they stand in their wide form, which nothing takes for markup.
 */
export const asCardText = (text: string): string =>
  asPlainLine(text)
    .replace(/[\\`*[\]<>|~&@]/g, wide)
    // Inside an identifier it is no markup, and there it must stay what it is.
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, wide)
    // An address that is written out would be made a link.
    .replace(/:(?=\/\/)/g, wide)
    .replace(/\bwww\./gi, (begin) => begin.slice(0, -1) + wide('.'))
    .replace(/^(?:[#+-]|\d+(?=[.)](?:\s|$)))/, (begin) => begin.replace(/./g, wide));
