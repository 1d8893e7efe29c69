;;; test.el --- Checks of the mode with the language server  -*- lexical-binding: t; -*-

;;; Commentary:

;; Run by test.sh in batch mode.

;;; Code:

(require 'cl-lib)
(require 'eglot)
(require 'flymake)
(require 'milepost-mode)

(defvar milepost-test-patience 15)
(defvar milepost-test-passed 0)
(defvar milepost-test-failed 0)

(defmacro milepost-test (name &rest body)
  "Run BODY and tell under NAME how it went."
  (declare (indent 1))
  `(condition-case problem
       (progn ,@body
              (cl-incf milepost-test-passed)
              (princ (format "ok      %s\n" ,name)))
     (error
      (cl-incf milepost-test-failed)
      (princ (format "FAILED  %s\n        %s\n" ,name (error-message-string problem))))))

(defun milepost-test-wait (what holds)
  "Wait until HOLDS; WHAT says what for."
  (let ((end (+ (float-time) milepost-test-patience)))
    (while (not (funcall holds))
      (when (> (float-time) end)
        (error "Waited in vain until %s" what))
      (accept-process-output nil 0.05)
      (eglot--signal-textDocument/didChange)
      (flymake-start))))

(defun milepost-test-replace (from to)
  "Write TO where FROM stands."
  (goto-char (point-min))
  (search-forward from)
  (replace-match to t t)
  (eglot--signal-textDocument/didChange))

(defun milepost-test-face (text)
  "The face of the first TEXT of the buffer."
  (goto-char (point-min))
  (search-forward text)
  (get-text-property (match-beginning 0) 'face))

(defun milepost-test-ask (method &rest more)
  "Ask METHOD of the server about point; MORE goes with it."
  (jsonrpc-request (eglot--current-server-or-lose) method
                   (append (eglot--TextDocumentPositionParams) more)
                   :timeout milepost-test-patience))

(setq milepost-server-command (list (getenv "MILEPOST_LSP"))
      eglot-autoshutdown nil
      eglot-report-progress nil)
(find-file "june.plan")

(milepost-test "a plan is known by its ending"
  (cl-assert (eq major-mode 'milepost-mode))
  (font-lock-ensure)
  (cl-assert (eq (milepost-test-face "plan june") 'font-lock-keyword-face))
  (cl-assert (eq (milepost-test-face "measure revenue") 'font-lock-builtin-face))
  (cl-assert (eq (milepost-test-face "revenue <-") 'font-lock-variable-name-face))
  (cl-assert (eq (milepost-test-face "by 2026") 'font-lock-keyword-face)))

(milepost-test "lines are indented by their braces"
  (let ((before (buffer-string)))
    (indent-region (point-min) (point-max))
    (cl-assert (string= (buffer-string) before))))

(milepost-test "the server starts"
  (apply #'eglot (eglot--guess-contact))
  (cl-assert (eglot-managed-p)))

(milepost-test "a mistake is told about, and mended"
  (milepost-test-replace "through field-sales" "through feild-sales")
  (milepost-test-wait
   "there is a message"
   (lambda ()
     (cl-some (lambda (found) (string-match-p "feild-sales" (flymake-diagnostic-text found)))
              (flymake-diagnostics))))
  (milepost-test-replace "through feild-sales" "through field-sales")
  (milepost-test-wait "it is gone" (lambda () (null (flymake-diagnostics)))))

(milepost-test "hover"
  (goto-char (point-min))
  (search-forward "through fi")
  (let ((found (milepost-test-ask :textDocument/hover)))
    (cl-assert (string-match-p "field-sales" (format "%s" found)))))

(milepost-test "completion"
  (goto-char (point-min))
  (search-forward "    share sales")
  (forward-line 0)
  (insert "    \n")
  (backward-char)
  (eglot--signal-textDocument/didChange)
  (let* ((found (milepost-test-ask :textDocument/completion))
         (items (if (vectorp found) found (plist-get found :items))))
    (cl-assert (cl-some (lambda (item) (equal (plist-get item :label) "threshold")) items))))

(milepost-test "formatting"
  (milepost-test-replace "    through field" "  through    field")
  (eglot-format-buffer)
  (goto-char (point-min))
  (cl-assert (re-search-forward "^    through field-sales$" nil t)))

(princ (format "%d passed, %d failed\n" milepost-test-passed milepost-test-failed))
(set-buffer-modified-p nil)
(kill-emacs (if (zerop milepost-test-failed) 0 1))

;;; test.el ends here
