/** An address inside the site, wherever the site is put. */
export const path = (address: string): string => `${process.env['NEXT_PUBLIC_BASE_PATH'] ?? ''}${address}`;
