/** The /24 network that an IPv4 address most likely stands in, such as `10.20.31.0/24`; null for anything else. */
export function subnetOf(ip: string | null): string | null {
  const parts = ip?.split('.');
  if (parts?.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return null;
  return `${parts.slice(0, 3).map(Number).join('.')}.0/24`;
}
