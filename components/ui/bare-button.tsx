'use client';

import type { ComponentProps } from 'react';
import { useDrawnByServer } from './use-drawn-by-server.ts';

export type BareButtonProps = ComponentProps<'button'> & {
  /** Whether the browser alone does what a press asks for, as when it sends a form. */
  worksWithoutScripts?: boolean;
};

/**
 * A button without a look of its own. It is disabled until the page's scripts run, because a press before that would be
 * lost, or would send a form the browser's own way.
 */
export function BareButton({ worksWithoutScripts = false, disabled = false, ...rest }: BareButtonProps) {
  const drawnByServer = useDrawnByServer();
  const waits = drawnByServer && !worksWithoutScripts;
  return <button type="button" {...rest} disabled={disabled || waits} />;
}
