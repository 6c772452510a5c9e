const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}$/;

/** The /24 that an IPv4 address is in, such as `10.20.31.0/24`; null for what is none, or stands for no address at all. */
export function subnetOf(ip: string | null): string | null {
  const parts = IPV4.exec(ip ?? '')?.slice(1);
  if (!parts || parts.some((part) => Number(part) > 255)) return null;
  const [first] = parts;
  return first === '0' || first === '127' ? null : `${parts.join('.')}.0/24`;
}
