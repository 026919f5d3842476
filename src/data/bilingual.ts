/** A text in the languages of the page. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}
