/**
 * The look of what is shown until the answer to a new question is here. An answer that comes at once finds it as it
 * was: to draw a list paler first would cost it another frame.
 */
export const paleWhile = (isOld: boolean) =>
  `transition-opacity ${isOld ? 'opacity-60 delay-300' : 'duration-0'}`;
