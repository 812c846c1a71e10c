;;; mmreview.el --- Review of Linux memory-management code, as it is written -*- lexical-binding: t; -*-

;; For eglot (Emacs 26.3 and later; part of Emacs since 29, Debian: elpa-eglot) and for lsp-mode.
;;
;;   (add-to-list 'load-path "/path/to/mmreview/tools/editors/emacs")
;;   (require 'mmreview)
;;   (mmreview-setup-eglot)        ; eglot talks to one server: use this where mmreview is that one
;;   (mmreview-setup-lsp-mode)     ; lsp-mode runs it beside clangd
;;
;; Then open a C file of a kernel tree; with eglot: M-x eglot.

;;; Code:

(defvar mmreview-command
  (list (expand-file-name "../../../mmreview" (file-name-directory (or load-file-name buffer-file-name))) "lsp")
  "The server, as a list of words.")

(defvar mmreview-settings nil
  "Settings of the server, as a property list, for example (:show \"all\").
The README beside this folder lists them.")

;; Used by both packages below, of which neither has to be there.
(defvar eglot-server-programs)
(defvar eglot-workspace-configuration)
(declare-function lsp-register-client "ext:lsp-mode")
(declare-function make-lsp-client "ext:lsp-mode")
(declare-function lsp-stdio-connection "ext:lsp-mode")
(declare-function lsp-activate-on "ext:lsp-mode")

(defun mmreview-root (&optional file)
  "The top folder of the kernel tree that FILE, or the current buffer's file, is in; nil if it is in none."
  (locate-dominating-file
   (or file buffer-file-name default-directory)
   (lambda (folder)
     (and (file-exists-p (expand-file-name "Kconfig" folder))
          (file-exists-p (expand-file-name "mm/madvise.c" folder))))))

(defun mmreview-setup-eglot ()
  "Make eglot review C files of kernel trees."
  (require 'eglot)
  (add-to-list 'eglot-server-programs
               (cons 'c-mode
                     (lambda (&optional _interactive)
                       (append mmreview-command (list :initializationOptions (list :mmreview (or mmreview-settings (make-hash-table :size 1))))))))
  (setq-default eglot-workspace-configuration
                (append (list (cons :mmreview (or mmreview-settings (make-hash-table :size 1)))) (default-value 'eglot-workspace-configuration))))

(defun mmreview-setup-lsp-mode ()
  "Make lsp-mode review C files of kernel trees, beside clangd."
  (require 'lsp-mode)
  (lsp-register-client
   (make-lsp-client
    :new-connection (lsp-stdio-connection (lambda () mmreview-command))
    :activation-fn (lambda (file &optional _mode) (and (string-suffix-p ".c" file) (mmreview-root file)))
    :initialization-options (lambda () (list :mmreview mmreview-settings))
    :add-on? t
    :server-id 'mmreview)))

(provide 'mmreview)
;;; mmreview.el ends here
