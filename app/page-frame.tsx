import type { ComponentProps } from 'react';
import { PageFrame as Frame } from '#components/layout/page-frame.tsx';
import { ServiceNotice } from '#components/layout/system-notice.tsx';
import { runtime } from '#lib/server/runtime.ts';
import { serviceNotice } from '#lib/services/diagnostics/system-notice.ts';
import { feedPosition } from './feed-position.ts';

type Props = Omit<ComponentProps<typeof Frame>, 'notice' | 'liveSince'> & {
  /** False on the page that lists all service issues itself. */
  notice?: boolean;
};

/** Every page's frame, with a notice when Rooms Desk cannot get data from DingTalk. */
export async function PageFrame({ notice = true, operator, ...frame }: Props) {
  const code = operator && notice ? await serviceNotice((await runtime()).services, operator) : null;
  return (
    <Frame
      {...frame}
      operator={operator}
      liveSince={operator && (await feedPosition())}
      notice={operator && code && <ServiceNotice code={code} role={operator.role} />}
    />
  );
}
