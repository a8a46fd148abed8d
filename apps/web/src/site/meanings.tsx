'use client';

import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

/**
 * What a term or a citation means, beside it while it is pointed at or focused; Escape closes. One box for the page. The
 * link itself leads to the glossary or the list of references, so nothing is lost without it.
 */
export function Meanings(): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const card = box.current;
    if (card === null) return;
    const close = (): void => {
      card.hidden = true;
    };
    const show = ({ target }: Event): void => {
      const link = target instanceof Element ? target.closest<HTMLElement>('a[data-meaning]') : null;
      if (link === null) {
        if (!(target instanceof Node && card.contains(target))) close();
        return;
      }
      card.textContent = link.dataset['meaning'] ?? '';
      card.hidden = false;
      const { left, bottom, top } = link.getBoundingClientRect();
      const { width, height } = card.getBoundingClientRect();
      const below = bottom + height + 12 < innerHeight;
      card.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8)) + scrollX}px`;
      card.style.top = `${(below ? bottom + 6 : top - height - 6) + scrollY}px`;
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') close();
    };
    document.addEventListener('pointerover', show);
    document.addEventListener('focusin', show);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerover', show);
      document.removeEventListener('focusin', show);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
  // the link that opens it says the same by itself: for a screen reader the box would only repeat it
  return <div className="meaning" ref={box} hidden aria-hidden="true" />;
}
