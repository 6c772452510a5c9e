import { randomUUID } from 'node:crypto';
import { AppError } from '#lib/domain/errors.ts';
import { problemResponse } from './problem-response.ts';

/** The answer to every path under /api/ that nothing is served at: a program reads problems, never a page. */
export const noSuchPath = (): Response => problemResponse(new AppError('not-found.api'), randomUUID());
