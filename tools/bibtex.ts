/** A cited work, as `apps/web/content/references.json` holds it. Authors are "Family, Initials"; a last "et al." stands for the rest. */
export interface Reference {
  readonly id: string;
  readonly authors: readonly string[];
  readonly year: number;
  readonly title: string;
  readonly venue: string;
  readonly doi: string;
}

/** BibTeX of the references, in their order. Titles keep their capitals, so the braces are double. */
export const toBibtex = (references: readonly Reference[]): string =>
  references
    .map(({ id, authors, year, title, venue, doi }) => {
      const names = authors.map((author) => (author === 'et al.' ? 'others' : author)).join(' and ');
      const fields = { author: names, title: `{${title}}`, howpublished: venue, year: String(year), doi };
      const lines = Object.entries(fields).map(([field, value]) => `  ${field} = {${value.replaceAll('&', '\\&')}}`);
      return `@misc{${id},\n${lines.join(',\n')}\n}\n`;
    })
    .join('\n');
