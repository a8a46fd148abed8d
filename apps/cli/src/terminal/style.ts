import { styleText } from 'node:util';

/** Whether a stream takes colours: NO_COLOR, FORCE_COLOR and TERM=dumb are honoured, otherwise a terminal does. */
export function hasColour(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0';
  return stream.isTTY && TERM !== 'dumb';
}

export interface Style {
  readonly colour: boolean;
  /** Whether block characters and the like can be shown. */
  readonly unicode: boolean;
  bold(text: string): string;
  dim(text: string): string;
  /** Text on the colour for a fraction from 0 (dark) to 1 (light). */
  shade(text: string, fraction: number): string;
}

/** A ramp that reads the same with any colour vision: dark blue over grey to yellow, as 256-colour codes. */
const ramp = [17, 18, 60, 59, 102, 144, 143, 185, 221, 228];

export function styleFor(stream: NodeJS.WriteStream): Style {
  const colour = hasColour(stream);
  const locale = process.env['LC_ALL'] || process.env['LC_CTYPE'] || process.env['LANG'] || '';
  return {
    colour,
    unicode: process.platform === 'win32' || /utf-?8/i.test(locale),
    bold: (text) => (colour ? styleText('bold', text, { validateStream: false }) : text),
    dim: (text) => (colour ? styleText('dim', text, { validateStream: false }) : text),
    shade: (text, fraction) => {
      if (!colour) return text;
      const step = Math.min(ramp.length - 1, Math.max(0, Math.floor(fraction * ramp.length)));
      return `\u001b[48;5;${ramp[step] ?? 17}m\u001b[38;5;${step >= 4 ? 16 : 231}m${text}\u001b[0m`;
    },
  };
}
