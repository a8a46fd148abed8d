/** The words of the site itself; those of scenes and chapters are with them. */
export const en = {
  name: 'Engram',
  tagline: 'How brains and networks keep what they learn',
  description:
    'An essay you can run: how the brain keeps memories, why neural networks forget, and the cures the brain inspired, with real networks trained in your browser.',
  skip: 'Skip to the text',
  menu: 'Pages',
  essay: 'The essay',
  lab: 'Laboratory',
  glossary: 'Glossary',
  references: 'References',
  fidelity: 'Claims and evidence',
  whole: 'Everything on one page, for paper',
  otherLanguage: '한국어',
  heroTitle: 'It knew zero and one.\nThen it learned two and three.',
  heroText:
    'A small network learned ten handwritten digits, two at a time. Bright means recognised. Read downwards: each new pair wipes out the pair before it. Shown the same pictures mixed, the same network keeps them all.',
  heroLink: 'Read how a brain avoids this',
  contents: 'Chapters',
  chapter: (number: number) => `Chapter ${number}`,
  next: 'Next',
  previous: 'Back',
  depth: 'Depth',
  plain: 'Plain',
  deep: 'With the mathematics',
  technical: 'In more depth',
  note: 'Note',
  notes: 'Notes',
  backToText: 'Back to the text',
  bridge: 'Brain and network',
  takeaway: 'Takeaway',
  table: 'Table',
  formula: 'Formula',
  glossaryIntro: 'The words of two fields, as this essay uses them.',
  referencesIntro: 'Every claim in the essay points here. Numbers in the text are the numbers of this list.',
  citeTitle: 'To cite this essay',
  fidelityIntro: 'What is often said about these experiments, what the papers say, and what we measured.',
  fidelityColumns: ['Often said', 'The source says', 'Measured here', 'Verdict'],
  verdicts: { corrected: 'corrected', partly: 'partly so', holds: 'holds' },
  openScene: 'See it run',
  teachTitle: 'For your class, your page, your own experiment',
  teachText:
    'Every scene stands alone at an address of its own, fits into any web page with one script tag, and gives the command that repeats it bit for bit.',
  openLab: 'Open the laboratory',
  embedTitle: 'A scene of Engram',
  embedMore: 'The essay it belongs to',
  privacy: 'No cookies, no tracking, nothing leaves your device. Works offline after the first visit.',
  licence: 'Code under the MIT licence. Digits: MNIST, CC BY-SA 3.0, Yann LeCun and Corinna Cortes.',
  noScript: 'Without scripts the figures show recorded runs; everything else is here.',
  shortcuts: 'Everything works with the keyboard: Tab to move, arrow keys to change, Space to press.',
} as const;

type Widen<T> = T extends string
  ? string
  : T extends readonly string[]
    ? readonly string[]
    : T extends Readonly<Record<string, string>>
      ? { readonly [Key in keyof T]: string }
      : T;
export type Words = { readonly [Key in keyof typeof en]: Widen<(typeof en)[Key]> };
