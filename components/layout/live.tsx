'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Unplug } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { refreshShownDevice, refreshShownDevices } from '#lib/queries/devices/shown-device.ts';
import { historyKey } from '#lib/queries/history/history-key.ts';
import { type LiveState, listenLive } from '#lib/queries/live.ts';
import { partsOf } from '#lib/queries/live-parts.ts';
import { createRefresher } from '#lib/queries/refresher.ts';
import { useReader } from './reader-provider.tsx';

/** A short break is nobody's business. */
const SAID_AFTER_MS = 5_000;
/** A glance at another tab is no absence. */
const AWAY_AFTER_MS = 5_000;
/** A status becomes the last known one by time alone, of which no event tells. */
const EXPIRED_AFTER_MS = 5 * 60_000;

type Props = {
  /** The number of the newest change that the page's data may hold. */
  since: number | null;
};

/** Keeps the page up to date while its tab is visible, shows when the connection is lost, and leaves when signed out. */
export function Live({ since }: Props) {
  const t = useTranslations('nav');
  const state = useLive(since);
  const lostFor = useLasting(state === 'lost', SAID_AFTER_MS);
  const shown = state === 'signed-out' || lostFor;
  return (
    <div role="status" className="fixed right-3 bottom-3 z-10 text-small">
      {shown && (
        <p
          title={state === 'lost' ? t('notLiveWhy') : undefined}
          className="flex items-center gap-2 rounded border border-line-strong bg-surface px-3 py-1.5"
        >
          <Unplug aria-hidden className="size-4 shrink-0 text-quiet" />
          {t(state === 'lost' ? 'notLive' : 'notLiveSignedOut')}
        </p>
      )}
    </div>
  );
}

/** What was on the screen is not for whoever sits there now; signing in leads back to it. */
function leave(): void {
  const { pathname, search, hash } = window.location;
  window.location.assign(`/sign-in?callbackUrl=${encodeURIComponent(pathname + search + hash)}`);
}

/** Refetches what a live event makes old, while the tab is visible. Returns the state of the connection. */
export function useLive(since: number | null): LiveState {
  const reader = useReader();
  const client = useQueryClient();
  const present = usePresent();
  const [state, setState] = useState<LiveState>('connected');
  // Only the first connection starts there; a newer position of the same page is no reason to connect again.
  const [start] = useState(since);
  useEffect(() => {
    if (state === 'signed-out') leave();
  }, [state]);
  useEffect(() => {
    if (!present) return;
    const refresher = createRefresher(client);
    const stop = listenLive({
      since: start,
      onState: setState,
      onNews: (event, { deviceId }) => {
        refresher.mark(partsOf(event).map((part) => [part, reader.key]));
        // A history is refetched for events of its own device only.
        if (deviceId || event === 'reset') refresher.mark([historyKey(reader, deviceId)]);
        // A failed refetch is repeated with the next reading or by the person.
        if (event === 'reading' && deviceId)
          void refreshShownDevice(client, reader, deviceId).catch(() => undefined);
      },
    });
    const expiring = setInterval(() => {
      refresher.mark(partsOf('reading').map((part) => [part, reader.key]));
      void refreshShownDevices(client, reader).catch(() => undefined);
    }, EXPIRED_AFTER_MS);
    return () => {
      clearInterval(expiring);
      stop();
      refresher.stop();
    };
  }, [client, reader, start, present]);
  return state;
}

/** Whether the tab is looked at. A hidden one holds no connection: browsers allow a desk only six over all tabs. */
function usePresent(): boolean {
  const [present, setPresent] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (!document.hidden) return setPresent(true);
      timer = setTimeout(() => setPresent(false), AWAY_AFTER_MS);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return present;
}

/** Whether something has been so for longer than a moment. */
export function useLasting(is: boolean, forMs: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!is) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), forMs);
    return () => clearTimeout(timer);
  }, [is, forMs]);
  return is && lasting;
}
