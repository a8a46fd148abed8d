import { seriesStyle, shade } from '@engram/charts';
import { pixelImage } from '@engram/scene-net-parts';
import type { ReactNode } from 'react';
import type { Text } from './messages.en.ts';
import type { Surface } from './surface.ts';

const side = 300;
const width = 340;
const left = 20;
const top = 28;

/** The loss of the first and of the last task in one plane of weight space, with the three weights that span it. */
export const Surfaces = ({ surface, text }: { readonly surface: Surface; readonly text: Text }): ReactNode => (
  <>
    <Panel surface={surface} losses={surface.first} title={text.surfaceFirst} text={text} />
    <Panel surface={surface} losses={surface.last} title={text.surfaceLast} text={text} />
  </>
);

interface PanelProps {
  readonly surface: Surface;
  readonly losses: readonly number[];
  readonly title: string;
  readonly text: Text;
}

function Panel({ surface, losses, title, text }: PanelProps): ReactNode {
  const { side: cells, from, to, points } = surface;
  // row by row from the bottom in the data, from the top in a picture
  const rows = Array.from({ length: cells }, (_, row) => losses.slice(row * cells, (row + 1) * cells)).reverse();
  const place = ([x, y]: readonly [number, number]) => ({
    x: left + (side * (x - from[0])) / (to[0] - from[0]),
    y: top + side - (side * (y - from[1])) / (to[1] - from[1]),
  });
  const names = [text.afterFirst, text.endPlain, text.endSprings];
  const [start, plain, held] = points.map(place);
  return (
    <svg
      viewBox={`0 0 ${width} ${top + side + 66}`}
      width={width}
      height={top + side + 66}
      role="img"
      aria-label={`${title}. ${text.surfaceHelp}`}
      fontSize={14}
      fontFamily="system-ui, sans-serif"
      fill="currentColor"
    >
      <text x={left} y={16} fontWeight={600}>
        {title}
      </text>
      <image
        href={pixelImage(
          cells,
          cells,
          rows.flat().map((loss) => shade(brightness(loss)).background),
        )}
        x={left}
        y={top}
        width={side}
        height={side}
        preserveAspectRatio="none"
      />
      {start && plain ? (
        <path d={`M${start.x} ${start.y}L${plain.x} ${plain.y}`} {...path} strokeDasharray="5 4" />
      ) : null}
      {start && held ? <path d={`M${start.x} ${start.y}L${held.x} ${held.y}`} {...path} /> : null}
      {points.map((point, i) => {
        const { x, y } = place(point);
        return <Mark key={i} index={i} x={x} y={y} />;
      })}
      {names.map((name, i) => (
        <g key={name}>
          <Mark index={i} x={left + 8} y={top + side + 15 + 18 * i} />
          <text x={left + 22} y={top + side + 19 + 18 * i}>
            {name}
          </text>
        </g>
      ))}
      <g transform={`translate(${left + side - 96} ${top + side + 10})`}>
        {Array.from({ length: 8 }, (_, i) => (
          <rect key={i} x={12 * i} width={12} height={10} fill={shade((i + 0.5) / 8).background} />
        ))}
        <text y={25} fontSize={12}>
          {text.high}
        </text>
        <text x={96} y={40} fontSize={12} textAnchor="end">
          {text.low}
        </text>
      </g>
    </svg>
  );
}

const path = { fill: 'none', stroke: '#ffffff', strokeWidth: 2 } as const;

/** Pin: where both runs part; ring: without springs; dot: with springs. */
function Mark({ index, x, y }: { readonly index: number; readonly x: number; readonly y: number }): ReactNode {
  const outline = { stroke: '#000000', strokeWidth: 1 };
  if (index === 0) return <path d={`M${x - 6} ${y - 5}h12l-6 11z`} fill="#ffffff" {...outline} />;
  if (index === 1) return <circle cx={x} cy={y} r={6} fill="#ffffff" stroke="#000000" strokeWidth={2.5} />;
  return <circle cx={x} cy={y} r={6} fill={seriesStyle(0).colour} stroke="#ffffff" strokeWidth={2} />;
}

/** 1 for no loss, 0 for a loss of 6 and more; a loss of 2.3 is guessing among ten. */
const brightness = (loss: number): number => Math.max(0, 1 - Math.sqrt(Math.max(0, loss)) / Math.sqrt(6));
