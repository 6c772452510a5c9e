import Link from 'next/link';
import { buttonClass } from '#components/ui/button.tsx';

type Props = { title: string; why: string; wayOut: string; href?: string };

/** A dead end with a way out. */
export function NothingHere({ title, why, wayOut, href = '/' }: Props) {
  return (
    <>
      <h1 className="font-semibold text-title">{title}</h1>
      <p className="mt-2 text-quiet">{why}</p>
      <Link href={href} className={`mt-4 ${buttonClass('primary')}`}>
        {wayOut}
      </Link>
    </>
  );
}
