import type { HideFlag, Locale } from '@engram/scene-kit/static';
import type { MDXComponents } from 'mdx/types';
import type { ReactNode } from 'react';
import { glossary, references, shortReference } from '../content/tables.ts';
import { wordsOf } from '../messages/index.ts';
import { SceneSlot } from '../scenes/scene-slot.tsx';
import { stillScenes } from '../scenes/still-scenes.tsx';
import { path } from '../site/path.ts';

interface Place {
  readonly locale: Locale;
  readonly chapter: string;
  readonly scenes: 'live' | 'still';
}

interface WithChildren {
  readonly children: ReactNode;
}

/** The essay says in its own words what to take away from a scene. */
const hidden: readonly HideFlag[] = ['takeaway'];

/** What the essay's MDX may use (see content/README.md). */
export function componentsFor({ locale, chapter, scenes }: Place): MDXComponents {
  const words = wordsOf(locale);
  const noteId = (number: string): string => `${chapter}-note-${number}`;
  return {
    Scene: ({ name }: { readonly name: string }) => {
      const Still = stillScenes[name];
      if (Still === undefined) return null;
      const still = <Still locale={locale} hide={hidden} />;
      return scenes === 'still' ? still : <SceneSlot name={name} locale={locale} still={still} hide={hidden} />;
    },
    Technical: ({ children }: WithChildren) => (
      <details className="technical">
        <summary>{words.technical}</summary>
        {children}
      </details>
    ),
    Term: ({ id, children }: WithChildren & { readonly id: string }) => {
      const entry = glossary.find((candidate) => candidate.id === id);
      return (
        <a className="term" href={path(`/${locale}/glossary/#${id}`)} data-meaning={entry?.[locale].text}>
          {children}
        </a>
      );
    },
    Cite: ({ id }: { readonly id: string }) => {
      const index = references.findIndex((candidate) => candidate.id === id);
      const reference = references[index];
      if (reference === undefined) throw new Error(`The essay cites ${id}, which is not in content/references.json.`);
      return (
        <a
          className="cite"
          href={path(`/${locale}/references/#${id}`)}
          aria-label={`${index + 1}, ${shortReference(reference)}`}
          data-meaning={`${shortReference(reference)}. ${reference.title}. ${reference.venue}`}
        >
          {index + 1}
        </a>
      );
    },
    NoteMark: ({ number }: { readonly number: string }) => (
      <a
        className="note-mark"
        id={`${noteId(number)}-mark`}
        href={`#${noteId(number)}`}
        aria-label={`${words.note} ${number}`}
      >
        {'*'.repeat(Math.min(3, Number(number))) || number}
      </a>
    ),
    Notes: ({ children }: WithChildren) => (
      <div className="notes" role="group" aria-label={words.notes}>
        {children}
      </div>
    ),
    NoteText: ({ number, children }: WithChildren & { readonly number: string }) => (
      <div className="note" id={noteId(number)}>
        {children}{' '}
        <a href={`#${noteId(number)}-mark`} aria-label={words.backToText}>
          ↩
        </a>
      </div>
    ),
    Bridge: ({ children }: WithChildren) => (
      <div className="bridge" role="note">
        <p className="label">{words.bridge}</p>
        {children}
      </div>
    ),
    Takeaway: ({ children }: WithChildren) => (
      <div className="takeaway" role="note">
        <p className="label">{words.takeaway}</p>
        {children}
      </div>
    ),
    table: ({ children }: { readonly children?: ReactNode }) => (
      <div className="wide-table" tabIndex={0} role="region" aria-label={words.table}>
        <table>{children}</table>
      </div>
    ),
    // a formula that is wider than a phone scrolls inside itself
    span: ({ className, children, ...rest }: { readonly className?: string; readonly children?: ReactNode }) =>
      className === 'katex-display' ? (
        <span className={className} tabIndex={0} role="group" aria-label={words.formula} {...rest}>
          {children}
        </span>
      ) : (
        <span className={className} {...rest}>
          {children}
        </span>
      ),
  };
}
