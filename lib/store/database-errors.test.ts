import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { AppError } from '#lib/domain/errors.ts';
import { describeDatabaseError } from './database-errors.ts';

const reasonOf = (thrown: unknown) => {
  const plain = describeDatabaseError(thrown);
  return plain instanceof AppError ? plain.reason : null;
};

const withCode = (code: string, message = '') => Object.assign(new Error(message), { code });

describe('a database error', () => {
  test('of SQLite with a database that may not grow is recognized', () => {
    const database = new Sqlite(':memory:');
    database.pragma('max_page_count = 2');
    const grow = () => database.exec('create table a (b); create table c (d); create table e (f)');
    let thrown: unknown;
    try {
      grow();
    } catch (error) {
      thrown = error;
    }
    expect(reasonOf(thrown)).toBe('internal.store-full');
    expect((describeDatabaseError(thrown) as AppError).cause).toBe(thrown);
    database.close();
  });

  test.each([
    ['SQLITE_IOERR_WRITE', 'internal.store-full'],
    ['SQLITE_READONLY', 'internal.store-full'],
    ['53100', 'internal.store-full'],
    ['25006', 'internal.store-full'],
    ['57P01', 'internal.store-lost'],
    ['53300', 'internal.store-lost'],
    ['08006', 'internal.store-lost'],
    ['ECONNREFUSED', 'internal.store-lost'],
    ['SQLITE_CONSTRAINT', null],
    ['23505', null],
    ['40001', null],
  ])('with the code %s is %s', (code, reason) => {
    expect(reasonOf(withCode(code))).toBe(reason);
  });

  test('is recognized by pg’s message where it has no code, and in an aggregate error', () => {
    expect(reasonOf(new Error('Connection terminated unexpectedly'))).toBe('internal.store-lost');
    expect(reasonOf(new Error('timeout exceeded when trying to connect'))).toBe('internal.store-lost');
    expect(reasonOf(new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]))).toBe(
      'internal.store-lost',
    );
    expect(reasonOf(new AggregateError([]))).toBeNull();
  });

  test('that is unknown stays unchanged', () => {
    const error = new Error('a mistake of ours');
    expect(describeDatabaseError(error)).toBe(error);
    const known = new AppError('device-not-found.device');
    expect(describeDatabaseError(known)).toBe(known);
    for (const odd of [null, undefined, 'text', 7]) expect(describeDatabaseError(odd)).toBe(odd);
  });
});
