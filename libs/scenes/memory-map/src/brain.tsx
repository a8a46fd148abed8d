import type { KeyboardEvent, ReactNode } from 'react';
import type { Text } from './messages.en.ts';
import { structures } from './rules.ts';
import type { Structure } from './rules.ts';

/** Outlines in a drawing of 440 × 330, and where the name of each stands. */
const regions: Readonly<
  Record<Structure, { readonly path: string; readonly name: readonly [number, number]; readonly line: string }>
> = {
  prefrontal: {
    path: 'M62 172C50 112 88 62 146 44C152 84 142 120 122 150C110 168 102 184 96 198C76 198 66 190 62 172Z',
    name: [8, 24],
    line: 'M70 34L100 84',
  },
  hippocampus: {
    path: 'M196 188C214 170 254 170 274 186C282 194 272 202 262 197C244 188 222 190 206 203C196 208 188 198 196 188Z',
    name: [300, 24],
    line: 'M326 34L250 178',
  },
  amygdala: {
    path: 'M166 204C164 194 174 187 184 192C190 196 189 207 181 211C174 214 167 211 166 204Z',
    name: [60, 286],
    line: 'M100 272L172 208',
  },
  cerebellum: {
    path: 'M286 222C300 206 352 202 376 214C392 224 386 248 364 258C338 268 302 262 290 246C284 238 282 230 286 222Z',
    name: [300, 312],
    line: 'M340 298L336 252',
  },
};

const outline =
  'M62 172C50 110 92 50 172 36C252 22 342 40 378 96C400 134 396 178 364 200C346 210 330 206 316 207C298 216 270 220 246 214C226 242 170 248 140 224C128 214 122 204 118 197C96 202 66 200 62 172Z';
const stem = 'M262 214C268 240 276 262 282 300L304 300C302 280 298 262 294 250C286 240 284 230 286 220';
const furrows =
  'M150 46C156 90 176 116 206 126M118 196C150 176 190 156 236 152M206 126C240 132 270 120 290 96M330 60C320 100 332 130 366 150';

interface BrainProps {
  readonly text: Text;
  readonly lesion: Structure | null;
  /** Without it the drawing is a picture; with it every structure is a switch. */
  readonly onToggle?: (structure: Structure) => void;
}

/** A brain from the left; the structures that lie inside are drawn as if it were glass. */
export function Brain({ text, lesion, onToggle }: BrainProps): ReactNode {
  const described = `${text.brain}. ${structures.map((each) => `${text.structures[each]}: ${text.serves[each]}`).join('; ')}.`;
  return (
    <svg
      className="brain"
      viewBox="0 0 440 330"
      width={440}
      height={330}
      role={onToggle === undefined ? 'img' : 'group'}
      aria-label={onToggle === undefined ? described : text.brain}
      fontSize={14}
      fill="currentColor"
    >
      <path d={stem} fill="currentColor" fillOpacity={0.06} stroke="currentColor" strokeOpacity={0.5} />
      <path d={outline} fill="currentColor" fillOpacity={0.06} stroke="currentColor" strokeWidth={1.5} />
      <path d={furrows} fill="none" stroke="currentColor" strokeOpacity={0.3} />
      {structures.map((structure) => (
        <Region key={structure} structure={structure} text={text} isOff={lesion === structure} onToggle={onToggle} />
      ))}
    </svg>
  );
}

interface RegionProps {
  readonly structure: Structure;
  readonly text: Text;
  readonly isOff: boolean;
  readonly onToggle: BrainProps['onToggle'];
}

function Region({ structure, text, isOff, onToggle }: RegionProps): ReactNode {
  const { path, name, line } = regions[structure];
  const [x, y] = name;
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onToggle?.(structure);
  };
  const asSwitch =
    onToggle === undefined
      ? {}
      : {
          role: 'button',
          tabIndex: 0,
          'aria-pressed': isOff,
          'aria-label': `${text.structures[structure]}: ${text.serves[structure]}`,
          onClick: () => onToggle(structure),
          onKeyDown: press,
        };
  return (
    <g className="brain-region" data-structure={structure} {...asSwitch}>
      <path
        d={path}
        fill={isOff ? 'none' : '#0072b2'}
        fillOpacity={0.75}
        stroke={isOff ? '#d55e00' : 'currentColor'}
        strokeWidth={isOff ? 3 : 1.5}
        strokeDasharray={isOff ? '5 4' : undefined}
      />
      <path d={line} fill="none" stroke="currentColor" strokeOpacity={0.6} />
      <text x={x} y={y} textDecoration={isOff ? 'line-through' : undefined}>
        {text.structures[structure]}
      </text>
    </g>
  );
}
