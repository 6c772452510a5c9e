import { noSuchPath } from '#lib/http/no-such-path.ts';

export {
  noSuchPath as DELETE,
  noSuchPath as GET,
  noSuchPath as PATCH,
  noSuchPath as POST,
  noSuchPath as PUT,
};
