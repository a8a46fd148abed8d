import type { ReactNode } from 'react';
export default function Lab(): ReactNode {
  return null;
}
