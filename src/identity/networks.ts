import ipaddr from "ipaddr.js";

/** True when a text is an address range in CIDR notation. */
export function isAddressRange(text: string): boolean {
  return ipaddr.isValidCIDR(text);
}

/**
 * True when an address lies in one of the networks. No network means nowhere, and an address that
 * cannot be read lies nowhere. An IPv4 address in IPv6 form is compared as IPv4 (RFC 4291 2.5.5.2).
 */
export function isInside(address: string, networks: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const plain = ipaddr.process(address);
  return networks.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(network);
    return base.kind() === plain.kind() && plain.match(base, bits);
  });
}
