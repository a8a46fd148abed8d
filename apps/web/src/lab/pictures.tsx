import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

/** Colour of one value, as red, green, blue. */
export type Colouring = (value: number) => readonly [red: number, green: number, blue: number];

export interface PicturesProps {
  readonly title: string;
  /** Pictures one after the other, each `side` × `side`. */
  readonly values: ArrayLike<number>;
  readonly side: number;
  readonly colour: Colouring;
}

const perRow = 10;
const gap = 2;
/** Width of a picture on the page, in pixels. */
const shownSide = 56;

/** Square pictures in rows, drawn pixel by pixel. */
export function Pictures({ title, values, side, colour }: PicturesProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const count = Math.floor(values.length / (side * side));
  const columns = Math.min(perRow, count);
  const width = columns * (side + gap) - gap;
  const height = Math.ceil(count / perRow) * (side + gap) - gap;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const pixels = context.createImageData(width, height);
    for (let i = 0; i < count * side * side; i++) {
      const picture = Math.floor(i / (side * side));
      const x = (picture % perRow) * (side + gap) + (i % side);
      const y = Math.floor(picture / perRow) * (side + gap) + (Math.floor(i / side) % side);
      pixels.data.set([...colour(values[i] ?? 0), 255], 4 * (y * width + x));
    }
    context.putImageData(pixels, 0, 0);
  }, [values, side, colour, count, width, height]);
  return (
    <canvas
      className="lab-pictures"
      ref={canvas}
      role="img"
      aria-label={title}
      {...{ width, height }}
      style={{ width: (columns * shownSide * (side + gap)) / side }}
    />
  );
}
