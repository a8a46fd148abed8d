import type { FigureTable } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';
import type { Text } from './messages.en.ts';
import { questions } from './questions.ts';
import type { QuestionId } from './questions.ts';

interface QuestionListProps {
  readonly ids: readonly QuestionId[];
  readonly text: Text;
  /** Where a scene is. */
  readonly addressOf: (scene: string) => string;
}

export const doiUrl = (doi: string): string => `https://doi.org/${doi}`;

/** The questions one after the other, each with its sources and a scene. */
export const QuestionList = ({ ids, text, addressOf }: QuestionListProps): ReactNode => (
  <>
    <ol className="scene-questions">
      {ids.map((id) => {
        const { asks, known, open } = text.questions[id];
        const { sources, scene } = questions[id];
        return (
          <li key={id} data-question={id}>
            <p>
              <strong>{asks}</strong>
            </p>
            <p>
              <em>{text.known}.</em> {known}
            </p>
            <p>
              <em>{text.open}.</em> {open}
            </p>
            <p>
              {sources.map(({ name, doi }) => (
                <span key={doi}>
                  <a href={doiUrl(doi)} rel="external">
                    {name}
                  </a>
                  {' · '}
                </span>
              ))}
              <a href={addressOf(scene)} data-scene-link={scene}>
                {text.tryIt}
              </a>
            </p>
          </li>
        );
      })}
    </ol>
    <p>{text.notAdvice}</p>
  </>
);

export const tableOf = (ids: readonly QuestionId[], text: Text): FigureTable => ({
  caption: text.title,
  columns: [text.asks, text.known, text.open, text.sources],
  rows: ids.map((id) => {
    const { asks, known, open } = text.questions[id];
    return [asks, known, open, questions[id].sources.map(({ name, doi }) => `${name}, doi:${doi}`).join('; ')];
  }),
});
