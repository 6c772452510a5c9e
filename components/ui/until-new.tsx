'use client';

import { type ReactNode, useEffect, useState } from 'react';

/** What comes sooner than this was not waited for. */
const WAITED_MS = 300;

/**
 * What is shown until the answer to a new question is here: paler once it was waited for. An answer that comes at once
 * finds it as it was; to draw a list paler first would cost it two frames.
 */
export function UntilNew({ isOld, children }: { isOld: boolean; children: ReactNode }) {
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    if (!isOld) return;
    const timer = setTimeout(() => setWaited(true), WAITED_MS);
    return () => {
      clearTimeout(timer);
      setWaited(false);
    };
  }, [isOld]);
  return (
    <div aria-busy={isOld} className={isOld && waited ? 'opacity-60' : undefined}>
      {children}
    </div>
  );
}
