/** `legal_representative` -> `legalRepresentative`. */
export function camelCase(name: string): string {
  return name.replace(/_[a-z]/g, (letter) => letter.charAt(1).toUpperCase());
}
