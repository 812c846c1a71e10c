;;; lsp-mode.el --- Drives Emacs and lsp-mode as its user would -*- lexical-binding: t; -*-

;; As emacs.el does with eglot: opens MMREVIEW_FILE with tools/editors/emacs/mmreview.el and lsp-mode, edits it until it reads like MMREVIEW_EDITED, waits for the diagnostic
;; of MMREVIEW_RULE, asks what it is, applies its fix, and waits until it is gone.  Nothing is saved.  Prints one line for each step; the last one is "done".

(setq package-user-dir (expand-file-name "elpa" (getenv "HOME"))
      lsp-session-file (expand-file-name "lsp-session" (getenv "HOME")))
(package-initialize)
(require 'mmreview)
(setq create-lockfiles nil
      auto-save-default nil
      mmreview-command (append (split-string (getenv "MMREVIEW_PROGRAM") "\n") '("lsp"))
      lsp-auto-guess-root t
      lsp-enable-file-watchers nil
      lsp-diagnostics-provider :none
      lsp-enable-snippet nil
      lsp-completion-enable nil
      lsp-disabled-clients '(clangd)
      lsp-restart 'ignore)

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
  (seq-filter (lambda (diagnostic) (equal (getenv "MMREVIEW_RULE") (lsp:diagnostic-code? diagnostic)))
              (gethash (lsp--fix-path-casing buffer-file-name) (lsp-diagnostics t))))

(mmreview-setup-lsp-mode)
(find-file (getenv "MMREVIEW_FILE"))
(c-mode)
(lsp)
(await "the server does not start" 120 (lambda () (seq-some (lambda (one) (eq 'initialized (lsp--workspace-status one))) (lsp-workspaces))))
(let ((edited (generate-new-buffer "edited")))
  (with-current-buffer edited (insert-file-contents (getenv "MMREVIEW_EDITED")))
  (replace-buffer-contents edited))
(await "no diagnostic" 120 #'reported)
(let* ((found (car (reported)))
       (place (lsp:diagnostic-range found)))
  (say "diagnostic" (format "%s %s" (lsp:diagnostic-code? found) (lsp:diagnostic-message found)))
  (goto-char (lsp--position-to-point (lsp:range-start place)))
  (say "hover" (lsp:markup-content-value (lsp:hover-contents (lsp-request "textDocument/hover" (lsp--text-document-position-params)))))
  (let ((fix (seq-find #'lsp:code-action-is-preferred?
                       (lsp-request "textDocument/codeAction"
                                    (list :textDocument (lsp--text-document-identifier) :range place :context (list :diagnostics (vector found) :only ["quickfix"]))))))
    (say "fix" (lsp:code-action-title fix))
    (lsp-execute-code-action fix)))
(await "the diagnostic stays" 60 (lambda () (null (reported))))
(say "gone")
(set-buffer-modified-p nil)
(lsp-workspace-shutdown (car (lsp-workspaces)))
(say "done")
(kill-emacs 0)
;;; lsp-mode.el ends here
