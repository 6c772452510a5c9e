'use client';

import { useRouter } from 'next/navigation';
import type { ComponentProps, MouseEvent } from 'react';
import { isPlainPress } from '#components/ui/plain-press.ts';

type Props = Omit<ComponentProps<'a'>, 'href'> & { href: string };

/** A link to another page for rows, of which a list has hundreds: none of them is watched or loaded before a press. */
export function RowLink({ href, ...rest }: Props) {
  const router = useRouter();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    if (!isPlainPress(event)) return;
    event.preventDefault();
    router.push(href);
  };
  return <a {...rest} href={href} onClick={follow} />;
}
