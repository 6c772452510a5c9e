/** Marks a page's own search box, which "/" then goes to; a page without one opens the palette. */
export const FIND_BOX = 'data-find-box';
