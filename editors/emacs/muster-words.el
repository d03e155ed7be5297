;;; muster-words.el --- The words of Muster -*- lexical-binding: t; case-fold-search: nil -*-
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:
;; Written by editors/generate.py from grammar/rules; changes belong there.

;;; Code:

(defconst muster-font-lock-keywords
  '(
    ("[?]?\\.[ \\t]*\\([A-Za-z_][A-Za-z0-9_]*\\)" 1 'default)
    ("\\_<\\(is\\)[ \\t]+\\(?:not[ \\t]+\\)?\\_<\\(present\\|unknown\\|absent\\|known\\)\\_>" 1 font-lock-keyword-face)
    ("\\_<\\(else\\|then\\|if\\)\\_>" 1 font-lock-keyword-face)
    ("\\_<\\(unknown\\|false\\|none\\|true\\)\\_>" 1 font-lock-constant-face)
    ("\\_<\\(implies\\|where\\|and\\|not\\|in\\|is\\|or\\)\\_>" 1 font-lock-keyword-face)
    ("\\_<\\([A-Za-z_][A-Za-z0-9_]*\\)[ \\t]*\\(?::\\|\\(?:\\.[A-Za-z_][A-Za-z0-9_]*\\)*[ \\t]*<-\\)" 1 font-lock-variable-name-face)
    ("\\_<\\(ordered\\|import\\|for\\|as\\)\\_>\\(?:[^(]\\|$\\)" 1 font-lock-keyword-face)
    ("\\_<\\(evidence\\|extends\\|fixture\\|subject\\|define\\|policy\\|record\\|shared\\|source\\|param\\|waive\\|bind\\|enum\\)\\_>[ \\t]+[A-Za-z_`]" 1 font-lock-keyword-face)
    ("\\_<\\(test\\)\\_>[ \\t]*\\(?:r?\"\\|$\\)" 1 font-lock-keyword-face)
    ("\\_<\\(private\\|label\\|key\\)\\_>[ \\t]+[A-Za-z_`]" 1 font-lock-keyword-face)
    ("\\_<\\(fresh\\|list\\|of\\)\\_>\\(?:[^(]\\|$\\)" 1 font-lock-keyword-face)
    ("\\_<\\(promote\\|replace\\|section\\|tighten\\|demote\\|levels\\|locked\\|amend\\|score\\|drop\\|gate\\|lock\\|show\\|let\\|set\\)\\_>[ \\t]+[A-Za-z_`]" 1 font-lock-keyword-face)
    ("\\_<\\(should\\|must\\|may\\|to\\)\\_>\\(?:[^(]\\|$\\)" 1 font-lock-keyword-face)
    ("\\_<\\(because\\)\\_>[ \\t]*\\(?:r?\"\\|$\\)" 1 font-lock-keyword-face)
    ("\\_<\\(require\\|when\\)\\_>\\(?:[^(]\\|$\\)" 1 font-lock-keyword-face)
    ("\\_<\\(effective\\|weight\\)\\_>[ \\t]+\\(?:[0-9]\\|must\\_>\\|should\\_>\\|may\\_>\\|none\\_>\\)" 1 font-lock-keyword-face)
    ("\\_<\\(owner\\|fix\\|see\\|why\\)\\_>[ \\t]*\\(?:r?\"\\|$\\)" 1 font-lock-keyword-face)
    ("\\_<\\(tags\\)\\_>[ \\t]+[A-Za-z_`]" 1 font-lock-keyword-face)
    ("\\_<\\(criterion\\|excluded\\|between\\|half_up\\|unless\\|waived\\|every\\|round\\|unmet\\|down\\|met\\|na\\)\\_>\\(?:[^(]\\|$\\)" 1 font-lock-builtin-face)
    ("\\_<\\(passes\\)\\_>[ \\t]*(" 1 font-lock-builtin-face)
    ("\\_<\\(tagged\\)\\_>[ \\t]+[A-Za-z_`]" 1 font-lock-builtin-face)
    ("\\_<\\(empty\\|cap\\)\\_>[ \\t]+\\(?:[0-9]\\|must\\_>\\|should\\_>\\|may\\_>\\|none\\_>\\)" 1 font-lock-builtin-face)
    ("\\_<\\(contains\\|exactly\\|matches\\|present\\|absent\\|assume\\|choose\\|starts\\|known\\|least\\|ends\\|most\\|with\\|all\\|any\\|at\\|by\\)\\_>\\(?:[^(]\\|$\\)" 1 font-lock-builtin-face)
    ("\\_<\\(no\\)\\_>[ \\t]+[A-Za-z_`]" 1 font-lock-builtin-face)
    ("\\_<\\(latest\\|count\\|first\\|avg\\|max\\|min\\|sum\\)\\_>[ \\t]*(" 1 font-lock-builtin-face)
    ("\\_<\\(complete\\|minutes\\|seconds\\|points\\|hours\\|keyed\\|lower\\|ratio\\|upper\\|days\\|from\\|rows\\|trim\\|map\\|on\\)\\_>\\(?:[^(]\\|$\\)" 1 font-lock-builtin-face)
    ("\\_<\\(until\\)\\_>[ \\t]+\\(?:[0-9]\\|must\\_>\\|should\\_>\\|may\\_>\\|none\\_>\\)" 1 font-lock-builtin-face)
    ("\\_<\\(strip_prefix\\|strip_suffix\\|delimiter\\|query\\|split\\|env\\)\\_>[ \\t]*\\(?:r?\"\\|$\\)" 1 font-lock-builtin-face)
    ("\\_<\\(undecided\\|expect\\|given\\|fail\\|pass\\)\\_>\\(?:[^(]\\|$\\)" 1 font-lock-keyword-face)
    ("\\_<\\(case\\)\\_>[ \\t]*\\(?:r?\"\\|$\\)" 1 font-lock-keyword-face)
    ("\\_<\\(level\\)\\_>[ \\t]+[A-Za-z_`]" 1 font-lock-keyword-face)
    ("\\_<\\([0-9]\\{4\\}-[0-9][0-9]-[0-9][0-9]\\(?:T[0-9:.]*\\(?:Z\\|[+-][0-9:]+\\)?\\)?\\)" 1 font-lock-constant-face)
    ("\\_<\\(v[0-9]+\\(?:\\.[0-9]+\\)+\\(?:-[0-9A-Za-z.-]+\\)?\\)" 1 font-lock-constant-face)
    ("\\_<\\([0-9][0-9_]*\\(?:\\.[0-9_]+\\)?%?\\(?:[ \\t]+\\(?:day\\|days\\|hour\\|hours\\|minute\\|minutes\\|second\\|seconds\\|week\\|weeks\\|month\\|months\\|year\\|years\\)\\_>\\)?\\)" 1 font-lock-constant-face)
    ("\\_<\\(duration\\|percent\\|version\\|number\\|period\\|bool\\|date\\|text\\|time\\|int\\)\\_>" 1 font-lock-type-face)
    ("\\_<\\([A-Z][A-Za-z0-9_]*\\)\\_>" 1 font-lock-type-face)
    ("\\_<\\([A-Za-z_][A-Za-z0-9_]*\\)(" 1 font-lock-function-name-face))
  "How words are shown, the first that matches.")

(provide 'muster-words)
;;; muster-words.el ends here
