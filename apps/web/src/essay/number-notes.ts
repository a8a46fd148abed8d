import { visit } from 'unist-util-visit';

interface Node {
  type: string;
  name?: string | null;
  attributes?: { type: string; name: string; value: string }[];
  children?: Node[];
}

/**
 * A remark plugin: footnotes are written where they belong, `<Note>…</Note>`; here each is numbered, leaves a `<NoteMark>`
 * in its place, and all of them come at the end as `<Notes>`.
 */
export const numberNotes = () => (tree: unknown) => {
  const root = tree as Node;
  const notes: Node[] = [];
  visit(root as never, (node: Node, index: number | undefined, parent: Node | undefined) => {
    if (node.name !== 'Note' || index === undefined || parent?.children === undefined) return;
    const attributes = [{ type: 'mdxJsxAttribute', name: 'number', value: String(notes.length + 1) }];
    notes.push({ type: 'mdxJsxFlowElement', name: 'NoteText', attributes, children: node.children ?? [] });
    parent.children[index] = { type: 'mdxJsxTextElement', name: 'NoteMark', attributes, children: [] };
  });
  if (notes.length > 0) {
    root.children?.push({ type: 'mdxJsxFlowElement', name: 'Notes', attributes: [], children: notes });
  }
};
