'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Operator } from '#lib/domain/access/operator.ts';
import { type Reader, readerOf } from '#lib/queries/reader.ts';

const ReaderContext = createContext<Reader | null>(null);

type Props = Pick<Operator, 'subject' | 'role'> & { children: ReactNode };

/** Makes the signed-in person known to every component below. */
export function ReaderProvider({ subject, role, children }: Props) {
  const reader = useMemo(() => readerOf({ subject, role }), [subject, role]);
  return <ReaderContext value={reader}>{children}</ReaderContext>;
}

/** The signed-in person. Throws outside a ReaderProvider, that is on pages without a session. */
export function useReader(): Reader {
  const reader = useContext(ReaderContext);
  if (reader === null) throw new Error('useReader needs a ReaderProvider above it');
  return reader;
}
