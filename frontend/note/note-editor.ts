import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { Compartment, EditorState, StateEffect, Transaction } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { lightText } from './light-text.ts';
import {
  authorNames,
  cursorFlags,
  foundWords,
  giveAuthors,
  keepCursors,
  markFound,
  refreshNames,
  setAuthor,
  setCursor,
  unsentMarks,
  type Names,
} from './marks.ts';
import type { Authors, Light, Person, Screen } from './screen.ts';
import { NoteSession } from './session.ts';
import { wholeCharacters } from './whole-characters.ts';
import { browserWorld } from './world.ts';

/** What a note holds, and what can be put in at once, in UTF-16 units (the public contract's). */
const MOST_LENGTH = 1_000_000;
const MOST_AT_ONCE = 300_000;

/** A note being typed in by several people; the element only shows what its session says. */
@customElement('note-editor')
export class NoteEditor extends LitElement implements Screen, Names {
  @property() noteId = '';
  @property() account = '';
  @property() kind = 'joint';
  @property() agencyClass = '';
  @property() headText = '';
  @property() whoText = '';
  @property() footText = '';
  @property() find = '';
  /** All sentences it shows, as JSON, in the reader's language. */
  @property() wordsJson = '{}';
  @state() private shown: Light | null = null;
  @state() private readOnlyWhy = '';
  @state() private left = new Map<string, { text: string; why: string }>();
  @state() private tooLong = false;
  /** Said to screen readers when the kind of light changes, not at every word. */
  @state() private spoken = '';
  private wantsFocus = false;
  private sought = false;
  private view?: EditorView;
  private session?: NoteSession;
  private get words(): Record<string, string> {
    return JSON.parse(this.wordsJson) as Record<string, string>;
  }
  private everybody = new Map<string, Person>();
  private mine = '';
  private readonly editable = new Compartment();

  /** Selections and input methods inside a shadow root are a lasting trouble in Safari. */
  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.open();
  }

  override disconnectedCallback(): void {
    this.session?.stop();
    this.session = undefined;
    super.disconnectedCallback();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('noteId') && this.session?.note !== this.noteId) this.open();
  }

  private open(): void {
    this.session?.stop();
    this.session = undefined;
    if (!this.isConnected || !this.noteId || !this.account || !this.hasUpdated) {
      if (!this.hasUpdated) void this.updateComplete.then(() => this.session ?? this.open());
      return;
    }
    this.left = new Map();
    this.shown = null;
    this.readOnlyWhy = '';
    this.spoken = '';
    this.sought = false;
    this.view?.destroy();
    this.view = undefined;
    this.session = new NoteSession(browserWorld(), this, this.account, this.noteId, this.extensions());
    this.session.start();
    (window as { onedoorBusy?: () => boolean }).onedoorBusy = () => this.session?.busy() ?? false;
  }

  private extensions() {
    return [
      history(),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': this.words['label'] ?? 'Note', spellcheck: 'false', tabindex: '0' }),
      this.editable.of([EditorView.editable.of(false), EditorState.readOnly.of(true)]),
      authorNames(this),
      cursorFlags(this),
      unsentMarks(() => this.shown?.is === 'saved'),
      foundWords,
      EditorView.domEventHandlers({
        compositionend: () => void setTimeout(() => this.session?.composed()),
      }),
      EditorView.clipboardInputFilter.of((text) => text.replace(/\0|\p{Cs}/gu, '')),
      EditorState.transactionFilter.of(wholeCharacters),
      EditorState.changeFilter.of((tr) => this.fits(tr)),
      EditorView.updateListener.of((u) => {
        const mine = u.transactions.some((tr) => tr.docChanged && !tr.annotation(Transaction.remote));
        if (mine) this.session?.typed();
        if (u.selectionSet || mine) {
          const at = u.state.selection.main;
          this.session?.cursor(at.anchor, at.head);
        }
      }),
    ];
  }

  /** What the server would refuse is not even begun: nothing of it has to be kept aside. */
  private fits(tr: Transaction): boolean {
    let most = 0;
    tr.changes.iterChanges((_fa, _ta, _fb, _tb, text) => (most = Math.max(most, text.length)));
    const good = tr.newDoc.length <= MOST_LENGTH && most <= MOST_AT_ONCE;
    if (!good) this.tooLong = true;
    else if (this.tooLong) this.tooLong = false;
    return good;
  }

  // ---- what the session tells ----

  // the session asks for the state only once it has given one
  current(): EditorState {
    return this.view!.state;
  }

  reset(state: EditorState, authors: Authors, writers: Person[]): void {
    for (const writer of writers) this.everybody.set(writer.id, writer);
    state = state.update({ effects: giveAuthors.of(authors) }).state;
    const parent = this.querySelector<HTMLElement>('.text')!;
    const focused = this.view?.hasFocus ?? false;
    const at = this.view?.state.selection.main.head;
    this.view?.destroy();
    this.view = new EditorView({ state, parent });
    const kept = sessionStorage.getItem('caret:' + location.pathname);
    sessionStorage.removeItem('caret:' + location.pathname);
    const place = kept !== null ? Number(kept) : at;
    if (place !== undefined)
      this.view.dispatch({ selection: { anchor: Math.min(place, state.doc.length) } });
    this.wantsFocus ||= focused || kept !== null;
    if (kept === null) this.seek();
  }

  private seek(): void {
    if (!this.find || !this.view || this.sought) return;
    this.sought = true;
    const at = this.view.state.doc.toString().toLowerCase().indexOf(this.find.toLowerCase());
    if (at < 0) return;
    const found = { from: at, to: at + this.find.length };
    this.view.dispatch({
      selection: { anchor: found.to }, // not the words themselves: the next letter would replace them
      effects: [markFound.of(found), EditorView.scrollIntoView(at, { y: 'center' })],
    });
  }

  apply(tr: Transaction, by: string | null): void {
    const effects: StateEffect<unknown>[] = [];
    const author = by ?? this.mine;
    tr.changes.iterChangedRanges((_fa, _ta, from, to) => void effects.push(setAuthor.of({ from, to, by: author })));
    this.view!.dispatch(tr);
    if (effects.length) this.view!.dispatch({ effects });
  }

  people(people: Person[]): void {
    for (const person of people) this.everybody.set(person.id, person);
    const here = new Set(people.map((p) => p.i ?? ''));
    this.view?.dispatch({ effects: [keepCursors.of(here), refreshNames.of(null)] });
  }

  cursor(c: { by: string; i: string; h: number }): void {
    if (!this.view) return;
    const at = Math.min(c.h, this.view.state.doc.length);
    this.view.dispatch({ effects: setCursor.of({ i: c.i, by: c.by, at }) });
  }

  light(light: Light): void {
    if (JSON.stringify(this.shown) === JSON.stringify(light)) return;
    if (this.shown && this.shown.is !== light.is) this.spoken = lightText(light, this.words);
    this.shown = light;
    this.view?.dispatch({});
    this.toggleAttribute('offline', light.is === 'offline');
  }

  write(may: boolean, why: string): void {
    this.readOnlyWhy = may ? '' : (this.words[why] ?? why);
    if (!may) this.wantsFocus ||= this.view?.hasFocus ?? false;
    this.view?.dispatch({
      effects: this.editable.reconfigure([EditorView.editable.of(may), EditorState.readOnly.of(!may)]),
    });
    if (may && this.wantsFocus) {
      this.view?.focus();
      this.wantsFocus = false;
    }
  }

  composing(): boolean {
    return this.view?.compositionStarted ?? false;
  }

  kept(client: string, text: string, why: string): void {
    const left = new Map(this.left);
    if (text) left.set(client, { text, why: this.words[why] ?? why });
    else left.delete(client);
    this.left = left;
  }

  /** What one may not see any more does not stay on the screen; only one's own unsent words do. */
  closed(): void {
    this.view?.destroy();
    this.view = undefined;
  }

  me(me: Person): void {
    this.mine = me.id;
    this.everybody.set(me.id, me);
  }

  /** Where the caret is, for who reloads the page; -1 if elsewhere. */
  caret(): number {
    return this.view?.hasFocus ? this.view.state.selection.main.head : -1;
  }

  /** The text as it stands here. */
  text(): string {
    return this.view?.state.doc.toString() ?? '';
  }

  // ---- who is who ----

  myself(): string {
    return this.mine;
  }
  nameOf(account: string): string {
    if (account === this.mine) return this.words['you'] ?? account;
    return this.everybody.get(account)?.name ?? account;
  }
  colourOf(account: string): number {
    return this.everybody.get(account)?.colour ?? 0;
  }

  // ---- what is seen ----

  protected override render() {
    const light = this.shown;
    return html`<div class="sheet ${this.kind} ${this.agencyClass}">
      <div class="aud">
        ${icon(this.kind)}<b class="nw">${this.headText}</b><span class="who">${this.whoText}</span>
        <span class="light ${light?.is ?? ''}">
          ${light ? html`<span class="lamp"></span><span aria-hidden="true">${lightText(light, this.words)}</span>` : nothing}
          <span class="speak" role="status">${this.spoken}</span>
        </span>
      </div>
      ${light?.is === 'offline' ? html`<div class="strip">${this.words['offlineStrip']}</div>` : nothing}
      ${this.readOnlyWhy ? html`<div class="strip" role="status">${this.readOnlyWhy}</div>` : nothing}
      ${this.tooLong ? html`<div class="strip" role="alert">${this.words['tooLong']}</div>` : nothing}
      ${this.left.size ? this.keptBox() : nothing}
      <div class="text"></div>
      <div class="tools"><span class="to">${this.readOnlyWhy ? '' : this.footText}</span></div>
    </div>`;
  }

  private keptBox() {
    const all = [...this.left.values()];
    const reasons = [...new Set(all.map((k) => k.why).filter(Boolean))].join(' ');
    return html`<div class="strip kept" role="alert">
      <span><b>${this.words['kept']}.</b> ${reasons}</span>
      <textarea readonly aria-label=${this.words['kept'] ?? ''} .value=${all.map((k) => k.text).join('\n')}></textarea>
      <button class="btn sm" @click=${() => this.session?.discard([...this.left.keys()])}>${this.words['discard']}</button>
    </div>`;
  }
}

/** Who reads a note is said three times: in words, and by an open door or a house. */
function icon(kind: string) {
  return kind === 'agency'
    ? html`<svg class="i" viewBox="0 0 20 20" aria-hidden="true"><path d="M4 17V6l6-3 6 3v11M2.500 17h15M8 17v-4h4v4" /></svg>`
    : html`<svg class="i" viewBox="0 0 20 20" aria-hidden="true"><path d="M5 17V4.500L12 3v14M12 5h3v12M3 17h14M9.600 10v1" /></svg>`;
}
