import type { Operator } from '#lib/domain/access/operator.ts';

/** The signed-in person whom the browser's queries are for. */
export type Reader = Pick<Operator, 'subject' | 'role'> & {
  /** Part of every query key: answers are concealed for this person in this role and cached for nobody else. */
  key: string;
};

export const readerOf = ({ subject, role }: Pick<Operator, 'subject' | 'role'>): Reader => ({
  subject,
  role,
  key: `${role} ${subject}`,
});
