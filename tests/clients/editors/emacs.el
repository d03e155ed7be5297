;;; emacs.el --- What emacs.py has Emacs do -*- lexical-binding: t -*-
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:
;; Each step is told as it ends; the first that fails ends all.

;;; Code:

(require 'eglot)
(require 'cl-lib)

(setq eglot-sync-connect 20
      eglot-autoshutdown nil
      eglot-confirm-server-initiated-edits nil
      create-lockfiles nil
      make-backup-files nil)

(defun tell (line)
  (write-region (concat line "\n") nil (getenv "MUSTER_STEPS") t 'silent))

(defmacro step (name &rest body)
  (declare (indent 1))
  `(condition-case problem
       (progn ,@body (tell (concat "ok " ,name)))
     (error (tell (replace-regexp-in-string "\n" " " (format "not ok %s: %s" ,name (error-message-string problem))))
            (kill-emacs 1))))

(defun wait-for (what holds)
  (let ((end (+ (float-time) 20)))
    (while (not (funcall holds))
      (when (> (float-time) end) (error "%s did not come" what))
      (accept-process-output nil 0.05))))

(defun errors ()
  (cl-remove-if-not (lambda (each) (memq (flymake-diagnostic-type each) '(eglot-error :error)))
                    (flymake-diagnostics)))

(defun onto (word)
  (goto-char (point-min))
  (search-forward word)
  (goto-char (1+ (match-beginning 0))))

(defun count-of (word)
  (save-excursion
    (goto-char (point-min))
    (how-many (regexp-quote word))))

(find-file "rules_test.muster")
(defvar tests (current-buffer))
(find-file "rules.muster")

(step "knows the type of the file"
  (cl-assert (eq major-mode 'muster-mode) t))

(step "highlights words"
  (font-lock-ensure)
  (cl-flet ((face (word) (onto word) (get-text-property (point) 'face)))
    (cl-assert (eq (face "policy") 'font-lock-keyword-face) t)
    (cl-assert (eq (face "require") 'font-lock-keyword-face) t)
    (cl-assert (eq (face "How much") 'font-lock-comment-face) t)
    (cl-assert (eq (face "Ready?") 'font-lock-string-face) t)
    (cl-assert (eq (face "Service") 'font-lock-type-face) t)
    (cl-assert (eq (face "80%") 'font-lock-constant-face) t)))

(defun file-below (name)
  (expand-file-name name (getenv "MUSTER_ROOT")))

;; In the sample each word of the language stands somewhere.
(step "highlights every reserved word"
  (with-temp-buffer
    (insert-file-contents (file-below "tests/grammar/sample.muster"))
    (muster-mode)
    (font-lock-ensure)
    (let ((case-fold-search nil)
          (words (with-temp-buffer
                   (insert-file-contents (file-below "grammar/rules/keywords.def"))
                   (let (found)
                     (while (re-search-forward "^MUSTER_RESERVED(\\([a-z_]+\\))" nil t) (push (match-string 1) found))
                     found)))
          (seen nil))
      (goto-char (point-min))
      (while (re-search-forward (regexp-opt words 'symbols) nil t)
        (let ((face (get-text-property (match-beginning 0) 'face)))
          ;; Behind a dot, before a colon or an arrow, and between backquotes, it is a name.
          (unless (or (nth 8 (syntax-ppss)) (looking-at "[ \t]*\\(?::\\|<-\\|[a-z ]*`\\)")
                      (save-excursion (goto-char (match-beginning 0)) (looking-back "[.`][a-z ]*" (line-beginning-position))))
            (cl-pushnew (match-string 0) seen :test #'equal)
            (unless (memq face '(font-lock-keyword-face font-lock-constant-face))
              (error "Line %d: `%s' is %s" (line-number-at-pos) (match-string 0) face)))))
      (cl-assert words)
      (cl-assert (null (cl-set-difference words seen :test #'equal)) t))))

(step "indents"
  (let ((before (buffer-string)))
    (goto-char (point-min))
    (while (not (eobp))
      (delete-horizontal-space)
      (forward-line))
    (indent-region (point-min) (point-max))
    (cl-assert (string= before (buffer-string)) t)
    (set-buffer-modified-p nil)))

(step "leaves what is formatted as it is"
  (dolist (name '("stdlib/std/golive.muster" "stdlib/std/golive_test.muster" "examples/kubernetes-prr/prr.muster"))
    (with-temp-buffer
      (insert-file-contents (file-below name))
      (muster-mode)
      (let ((before (buffer-string))
            (inhibit-message t))
        (indent-region (point-min) (point-max))
        (cl-assert (string= before (buffer-string)) t)))))

(step "starts the server"
  (apply #'eglot--connect (eglot--guess-contact))
  (wait-for "the server" #'eglot-current-server))

(step "shows the mistake"
  (flymake-start)
  (wait-for "a diagnostic" #'errors)
  (let ((found (errors)))
    (cl-assert (= (length found) 1) t)
    (cl-assert (string-match-p "min_covrage" (flymake-diagnostic-text (car found))) t)
    (cl-assert (string= (buffer-substring (flymake-diagnostic-beg (car found)) (flymake-diagnostic-end (car found)))
                        "min_covrage")
               t)))

(step "takes it away when it is mended"
  (onto "min_covrage")
  (search-forward "covrage")
  (replace-match "coverage")
  (eglot--signal-textDocument/didChange)
  (flymake-start)
  (wait-for "a clean file" (lambda () (null (errors)))))

(step "hovers"
  (onto ">= min_coverage")
  (forward-char 4)
  (let (answer)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq answer (or text ""))))
    (wait-for "an answer" (lambda () answer))
    (cl-assert (string-match-p "How much of the code" answer) t)
    (cl-assert (string-match-p "percent" answer) t)))

(step "renames over files"
  (eglot-rename "least_coverage")
  (cl-assert (= (count-of "least_coverage") 2) t)
  (cl-assert (= (count-of "min_coverage") 0) t)
  (with-current-buffer tests
    (cl-assert (= (count-of "least_coverage") 2) t)
    (cl-assert (= (count-of "min_coverage") 0) t)))

(step "formats"
  (onto "require coverage")
  (delete-region (line-beginning-position) (match-beginning 0))
  (eglot-format-buffer)
  (onto "require coverage")
  (back-to-indentation)
  (cl-assert (= (current-column) 4) t))

(dolist (each (list tests (current-buffer)))
  (with-current-buffer each (set-buffer-modified-p nil)))
(ignore-errors (eglot-shutdown (eglot-current-server)))
(kill-emacs 0)
;;; emacs.el ends here
