;;; muster-mode.el --- Policies in Muster -*- lexical-binding: t -*-
;; SPDX-License-Identifier: Apache-2.0

;; Author: The Muster authors
;; Version: 0.1.0
;; Package-Requires: ((emacs "27.1"))
;; Keywords: languages

;;; Commentary:
;; A major mode for files of Muster: highlighting, indentation, comments.  With eglot loaded, `M-x eglot' starts
;; `muster lsp', which knows the rest: mistakes and their fixes, completion, documentation, rename, formatting.

;;; Code:

(require 'muster-words)

(defgroup muster nil
  "Policies in Muster."
  :group 'languages)

(defcustom muster-program "muster"
  "The program, which is the language server too.
A name on the path, or a whole path."
  :type 'string)

(defcustom muster-indent-offset 2
  "How far a line stands in for each bracket around it."
  :type 'integer)

(defvar muster-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?/ ". 12" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\\ "\\" table)
    (modify-syntax-entry ?_ "_" table)
    (dolist (sign '(?+ ?- ?* ?< ?> ?= ?! ?? ?% ?. ?, ?: ?|))
      (modify-syntax-entry sign "." table))
    (modify-syntax-entry ?` "." table)
    table)
  "Comments, texts and brackets of Muster.")

(defun muster--base ()
  "How far the brackets around this line set it in."
  (save-excursion
    (back-to-indentation)
    (let ((opening (nth 1 (syntax-ppss)))
          (closes (looking-at "[])}]")))
      (if (not opening)
          0
        (goto-char opening)
        (+ (current-indentation) (if closes 0 muster-indent-offset))))))

(defun muster--continues-p ()
  "Whether this line goes on with what the line before began."
  (save-excursion
    (back-to-indentation)
    (or (looking-at (concat "\\(?:else\\|and\\|or\\|implies\\|then\\|in\\|where\\|by\\|because\\|until\\|delimiter\\|complete\\)"
                            "\\_>[ \t]*\\(?:[^=< \t:]\\|$\\)\\|[-+*<>=!?|]\\|/[^/]"))
        (let ((text (looking-at "r?\"")))
          (forward-comment (- (point)))
          (and (not (bobp))
               (or (memq (char-before) '(?= ?: ?| ?+ ?- ?* ?< ?>))
                   (and text (eq (char-before) ?\"))
                   (looking-back "\\_<\\(?:and\\|or\\|not\\|implies\\|then\\|else\\|in\\)" (line-beginning-position))))))))

(defun muster-indent-line ()
  "Indent this line by the brackets around it.
A line that goes on stands further in; how far is the formatter's affair."
  (interactive)
  (let ((column (let ((base (muster--base)))
                  (if (and (not (nth 3 (syntax-ppss (line-beginning-position)))) (muster--continues-p))
                      (max (+ base muster-indent-offset) (current-indentation))
                    base)))
        (behind (- (point-max) (point))))
    (indent-line-to column)
    (when (> (- (point-max) behind) (point))
      (goto-char (- (point-max) behind)))))

;;;###autoload
(define-derived-mode muster-mode prog-mode "Muster"
  "A mode for policies in Muster."
  (setq-local comment-start "// ")
  (setq-local comment-start-skip "//+[ \t]*")
  (setq-local comment-end "")
  (setq-local indent-line-function #'muster-indent-line)
  (setq-local indent-tabs-mode nil)
  ;; Words are told from types by their first letter.
  (setq-local font-lock-defaults '(muster-font-lock-keywords nil nil)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.muster\\'" . muster-mode))

(defun muster--server (&rest _)
  "What eglot runs."
  (list muster-program "lsp"))

(defvar eglot-server-programs)
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs (cons 'muster-mode #'muster--server)))

;; A project ends where `muster.toml' stands; without one it is what version control says.
(defun muster--project (folder)
  "The project of FOLDER, by the nearest muster.toml."
  (let ((root (locate-dominating-file folder "muster.toml")))
    (and root (cons 'transient root))))

(with-eval-after-load 'project
  (add-hook 'project-find-functions #'muster--project))

(provide 'muster-mode)
;;; muster-mode.el ends here
