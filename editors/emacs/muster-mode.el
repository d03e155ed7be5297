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

(defun muster--depth ()
  "How many brackets are open before this line.
Those that it closes first don't count."
  (save-excursion
    (back-to-indentation)
    (let ((depth (car (syntax-ppss))))
      (while (looking-at "[])}]")
        (setq depth (1- depth))
        (forward-char)
        (skip-chars-forward " \t"))
      (max depth 0))))

(defun muster-indent-line ()
  "Indent this line by the brackets around it."
  (interactive)
  (let ((column (* muster-indent-offset (muster--depth)))
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
