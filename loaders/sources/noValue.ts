/** Words and marks that people and tools write where they know nothing; one pattern for both engines of regular expressions. */

/** Of a whole cell, in any case. */
export const NO_VALUE =
  "(n\\.?/?a\\.?|[(<]?null[)>]?|\\\\N|none|nil|nan|undefined|unknown|tbd|k\\. ?a\\.?|keine?( angabe)?|unbekannt|inconnue?|-+|–|—|_+|\\?+|\\.+)";
