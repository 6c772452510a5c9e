'use client';

import { useTranslations } from 'use-intl';

const bar = 'rounded bg-sunken';

/** The size and place of what is awaited, so that nothing moves when it comes. */
export function DeviceSkeleton({ id }: { id: string }) {
  const say = useTranslations('device');
  return (
    <div>
      <h1 role="status" className="font-semibold text-large">
        {say.rich('looking', { id, name: (text) => <span className="identifier text-base">{text}</span> })}
      </h1>
      <p className="mt-1 text-quiet">{say('lookingWhy')}</p>
      <div className="mt-4 h-0.5 overflow-hidden rounded bg-sunken" aria-hidden>
        <div className="progress-run h-full w-1/4 bg-accent" />
      </div>
      <div aria-hidden className="mt-8 grid gap-x-8 lg:grid-cols-3">
        {[0, 1, 2].map((column) => (
          <div key={column} className="border-line border-t py-4">
            <div className={`h-4 w-24 ${bar}`} />
            {[0, 1, 2, 3, 4].map((row) => (
              <div key={row} className="mt-3 flex gap-3">
                <div className={`h-4 w-24 ${bar}`} />
                <div className={`h-4 flex-1 ${bar}`} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
