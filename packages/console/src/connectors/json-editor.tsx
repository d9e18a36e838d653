import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import type { TFunction } from 'i18next';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { styleNonce } from '../csp.ts';
import classes from './json-editor.module.css';
import { entryAt, rangeOf } from './json-places.ts';
import { findJsonProblem } from './json-problem.ts';

/** Something to say about a part of the document; `path` leads to it, as in `['2', 'content']`. */
export type Mark = { path: readonly string[]; severity: 'error' | 'warning'; message: string };

type Props = {
  id: string;
  text: string;
  labelledBy: string;
  describedBy: string;
  marks: readonly Mark[];
  /** Whether something has to be there, and nothing is. */
  isMissing: boolean;
  onChange: (text: string) => void;
  onBlur?: () => void;
  /** The entry of the list that the cursor is in. */
  onEntry?: (index: number) => void;
};

/** A JSON editor with line numbers; what is wrong is marked at its line. Tab leaves it, as in any field. */
export default function JsonEditor(props: Props) {
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(props);
  latest.current = props;
  /** What was typed and has not come back as `text`; more may have been typed since. */
  const told = useRef<string[]>([]);
  const { id, text, labelledBy, describedBy, marks, isMissing } = props;
  const { t } = useTranslation();

  useEffect(() => {
    const editor = new EditorView({
      parent: parent.current as HTMLDivElement,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          ...basics,
          EditorView.contentAttributes.of({
            id,
            tabindex: '0',
            'aria-labelledby': labelledBy,
            'aria-describedby': describedBy,
          }),
          EditorView.updateListener.of((update) => {
            const { onChange, onEntry } = latest.current;
            if (update.docChanged) {
              const next = update.state.doc.toString();
              told.current.push(next);
              onChange(next);
            }
            if (update.docChanged || update.selectionSet) {
              const entry = entryAt(update.state, update.state.selection.main.head);
              if (entry !== undefined) onEntry?.(entry);
            }
          }),
          EditorView.domEventHandlers({ blur: () => void latest.current.onBlur?.() }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [id, labelledBy, describedBy]);

  useEffect(() => {
    const editor = view.current;
    const isOwn = told.current.includes(text);
    told.current = told.current.slice(told.current.lastIndexOf(text) + 1);
    if (!editor || isOwn || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
    told.current = [];
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const { state } = editor;
    const diagnostics = diagnosticsOf(t, state, text, marks);
    editor.dispatch(setDiagnostics(state, diagnostics));
    const isWrong = isMissing || diagnostics.some(({ severity }) => severity === 'error');
    editor.contentDOM.setAttribute('aria-invalid', String(isWrong));
  }, [text, marks, isMissing, t]);

  return <div ref={parent} className={classes.editor} />;
}

const basics = [
  EditorView.cspNonce.of(styleNonce()),
  lineNumbers(),
  lintGutter(),
  history(),
  drawSelection(),
  highlightActiveLine(),
  bracketMatching(),
  indentOnInput(),
  indentUnit.of('  '),
  json(),
  syntaxHighlighting({ style: (tags) => `json-${String(tags[0])}` }),
  EditorView.lineWrapping,
  keymap.of([...defaultKeymap, ...historyKeymap]),
];

function diagnosticsOf(t: TFunction, state: EditorState, text: string, marks: readonly Mark[]): Diagnostic[] {
  const { length } = state.doc;
  const problem = text.trim() === '' ? undefined : findJsonProblem(text);
  if (problem) {
    const from = Math.min(problem.offset, length);
    return [
      { from, to: Math.min(from + 1, length), severity: 'error', message: t(`connectors.json.why.${problem.reason}`) },
    ];
  }
  return marks.map(({ path, severity, message }) => ({ ...rangeOf(state, path), severity, message }));
}
