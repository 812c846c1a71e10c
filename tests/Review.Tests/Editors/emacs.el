;;; emacs.el --- Drives Emacs as its user would -*- lexical-binding: t; -*-

;; Opens MMREVIEW_FILE with tools/editors/emacs/mmreview.el and eglot, edits it until it reads like MMREVIEW_EDITED, waits for the diagnostic of MMREVIEW_RULE, asks what it
;; is, applies its fix, and waits until it is gone.  Nothing is saved.  Prints one line for each step; the last one is "done".

(setq package-user-dir (expand-file-name "elpa" (getenv "HOME")))
(package-initialize)
(require 'mmreview)
(require 'flymake)
(setq create-lockfiles nil
      auto-save-default nil
      mmreview-command (append (split-string (getenv "MMREVIEW_PROGRAM") "\n") '("lsp"))
      eglot-connect-timeout 120
      eglot-sync-connect 120
      eglot-confirm-server-initiated-edits nil)

(defun say (what &optional text)
  (princ (format "%s\t%s\n" what (car (split-string (or text "") "\n")))))

(defun await (what seconds condition)
  (let ((end (+ (float-time) seconds)))
    (while (not (funcall condition))
      (when (> (float-time) end)
        (say "failed" what)
        (kill-emacs 1))
      (accept-process-output nil 0.05))))

(defun reported ()
  (seq-filter (lambda (diagnostic)
                (and (eglot--diag-data diagnostic) (string-match-p (getenv "MMREVIEW_RULE") (flymake-diagnostic-text diagnostic))))
              (flymake-diagnostics)))

(defun eglot--diag-data (diagnostic)
  (alist-get 'eglot-lsp-diag (flymake-diagnostic-data diagnostic)))

(mmreview-setup-eglot)
(find-file (getenv "MMREVIEW_FILE"))
(c-mode)
(apply #'eglot (eglot--guess-contact))
(let ((edited (generate-new-buffer "edited")))
  (with-current-buffer edited (insert-file-contents (getenv "MMREVIEW_EDITED")))
  (replace-buffer-contents edited))
(flymake-mode 1)
;; In batch nobody types, so that nobody tells eglot that the keyboard rests.
(eglot--signal-textDocument/didChange)
(await "no diagnostic" 120 (lambda () (reported)))
(let ((found (car (reported))))
  (say "diagnostic" (flymake-diagnostic-text found))
  (goto-char (flymake-diagnostic-beg found))
  (let ((hover (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover (eglot--TextDocumentPositionParams) :timeout 60)))
    (say "hover" (plist-get (plist-get hover :contents) :value)))
  (let* ((actions (jsonrpc-request
                   (eglot--current-server-or-lose) :textDocument/codeAction
                   (list :textDocument (eglot--TextDocumentIdentifier)
                         :range (list :start (eglot--pos-to-lsp-position (flymake-diagnostic-beg found)) :end (eglot--pos-to-lsp-position (flymake-diagnostic-end found)))
                         :context (list :diagnostics (vector (eglot--diag-data found)) :only ["quickfix"]))
                   :timeout 60))
         (fix (seq-find (lambda (action) (eq t (plist-get action :isPreferred))) actions)))
    (say "fix" (plist-get fix :title))
    (eglot--apply-workspace-edit (plist-get fix :edit))))
(eglot--signal-textDocument/didChange)
(await "the diagnostic stays" 60 (lambda () (null (reported))))
(say "gone")
(set-buffer-modified-p nil)
(eglot-shutdown (eglot--current-server-or-lose) nil 20)
(say "done")
(kill-emacs 0)
;;; emacs.el ends here
