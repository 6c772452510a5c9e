import { AppError } from '#lib/domain/errors.ts';
import type { Store } from './store.ts';

// SQLite's words (sqlite.org/rescode.html) and PostgreSQL's (Appendix A, error codes) for "cannot be written".
const FULL = /^(SQLITE_(FULL|IOERR|READONLY|CANTOPEN|NOMEM)|53100$|53200$|25006$)/;

/** PostgreSQL ends connections with class 57P, cannot take more with 53300, and breaks them with class 08. */
const LOST = /^(08|57P|53300$|ECONN|ETIMEDOUT$|EPIPE$|ENOTFOUND$|EHOSTUNREACH$|ENETUNREACH$|EAI_AGAIN$)/;

/** pg says these of connections without a code. */
const LOST_WORDS =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|has not answered in time|Client was closed/;

/** What went wrong with a database that somebody can mend, as an error of the closed list; everything else as it is. */
export function describeDatabaseError(thrown: unknown): unknown {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof AggregateError) {
    const plain = describeDatabaseError(thrown.errors[0]);
    return plain instanceof AppError ? new AppError(plain.reason, { cause: thrown }) : thrown;
  }
  const { code = '', message = '' } = (thrown ?? {}) as { code?: unknown; message?: string };
  if (FULL.test(`${code}`)) return new AppError('internal.store-full', { cause: thrown });
  if (LOST.test(`${code}`) || LOST_WORDS.test(message))
    return new AppError('internal.store-lost', { cause: thrown });
  return thrown;
}

/** The same store, whose verbs say in the desk's own words what is wrong with the database. */
export function withDescribedErrors(store: Store): Store {
  const verbs = Object.entries(store).map(([name, verb]) => [
    name,
    typeof verb === 'function' ? plainly(verb as (...args: unknown[]) => unknown) : verb,
  ]);
  return Object.fromEntries(verbs) as Store;
}

function plainly(verb: (...args: unknown[]) => unknown) {
  return (...args: unknown[]) => {
    try {
      const answer = verb(...args);
      if (!(answer instanceof Promise)) return answer;
      return answer.catch((thrown: unknown) => {
        throw describeDatabaseError(thrown);
      });
    } catch (thrown) {
      throw describeDatabaseError(thrown);
    }
  };
}
