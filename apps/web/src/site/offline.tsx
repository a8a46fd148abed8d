'use client';

import { useEffect } from 'react';
import { path } from './path.ts';

/** Keeps the site for reading without a network. Where a browser has no service worker, nothing is lost. */
export function Offline(): null {
  useEffect(() => {
    if (!('serviceWorker' in navigator) || process.env.NODE_ENV !== 'production') return;
    navigator.serviceWorker.register(path('/service-worker.js'), { scope: path('/') }).catch(() => undefined);
  }, []);
  return null;
}
