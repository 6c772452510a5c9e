import { encode } from 'uqr';

type Props = {
  /** What whoever scans it is led to. */
  text: string;
  /** What it is, for those who do not see it. */
  title: string;
  className?: string;
};

/** A QR code, black on white whatever the theme: cameras and printers want no other. */
export function QrCode({ text, title, className = '' }: Props) {
  // A quarter of a label may be scratched off.
  const { data, size } = encode(text, { ecc: 'Q', border: 4 });
  return (
    <svg
      role="img"
      aria-label={title}
      data-qr={text}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className={className}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={data.map(barsOfRow).join('')} stroke="#000" transform="translate(0 0.5)" />
    </svg>
  );
}

/** Dark squares that stand side by side are one stroke: a sheet has hundreds of codes, and each is sent whole. */
function barsOfRow(row: boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue;
    const begin = x;
    while (row[x + 1]) x += 1;
    path += `M${begin} ${y}h${x + 1 - begin}`;
  }
  return path;
}
