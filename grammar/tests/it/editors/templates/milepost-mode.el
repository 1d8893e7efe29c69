;;; milepost-mode.el --- Major mode for Milepost plans  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "27.1"))
;; Keywords: languages
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Colours, comments and indentation for plans, and the language server for
;; Eglot.  Made from the list of keywords by the tests of milepost-grammar;
;; UPDATE_EXPECT=1 cargo test -p milepost-grammar writes it.

;;; Code:

(defgroup milepost nil
  "Plans in the Milepost language."
  :group 'languages)

(defcustom milepost-server-command '("milepost-lsp")
  "The language server with its arguments."
  :type '(repeat string))

(defcustom milepost-indent-offset 2
  "Columns by which a block is indented."
  :type 'integer
  :safe #'integerp)

(defconst milepost--blocks
  '(@BLOCKS@)
  "The keywords of each block: (WORD OPENS DECLARES).
OPENS is the block that the word opens; DECLARES is t if the word behind it
is the name of something new.")

(defconst milepost--words
  '(@WORDS@)
  "The words with a meaning inside statements, by the statement's keyword.
The empty one stands for lines that begin with no keyword.")

(defconst milepost--entries
  '(@ENTRIES@)
  "The blocks that lines without a keyword open, by the block they stand in.")

(defconst milepost--name
  "[[:alpha:]][[:alnum:]_·]*\\(?:-[[:alnum:]_·]+\\)*"
  "A regular expression for names.")

(defvar milepost-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?＃ "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?“ "|" table)
    (modify-syntax-entry ?” "|" table)
    (modify-syntax-entry ?\\ "\\" table)
    (modify-syntax-entry ?{ "(}" table)
    (modify-syntax-entry ?} "){" table)
    (modify-syntax-entry ?｛ "(｝" table)
    (modify-syntax-entry ?｝ ")｛" table)
    (modify-syntax-entry ?- "_" table)
    (modify-syntax-entry ?_ "w" table)
    (dolist (char (string-to-list "<>=+/.,:;%~$€£¥￥，：；％～"))
      (modify-syntax-entry char "." table))
    table)
  "What characters are in plans.")

(defun milepost--skip-blank ()
  "Go over white space, line ends and comments."
  (forward-comment (buffer-size)))

(defun milepost--statement-start (limit)
  "The start of the statement that point is in, not before LIMIT.
Point is neither in a string nor in a comment."
  (save-excursion
    (let ((found nil))
      (while (not found)
        (skip-chars-backward "^;；{｛}｝\n\"“”" limit)
        (cond
         ((<= (point) limit) (setq found (point)))
         ((memq (char-before) '(?\; ?； ?{ ?｛)) (setq found (point)))
         ((memq (char-before) '(?} ?｝)) (setq found (point)))
         ((memq (char-before) '(?\" ?“ ?”))
          (backward-char)
          (let ((start (nth 8 (syntax-ppss))))
            (when start (goto-char (max start limit)))))
         (t
          ;; A line's end, which a comma before it makes part of the statement.
          (let ((here (point)))
            (backward-char)
            (let ((comment (nth 8 (syntax-ppss))))
              (when comment (goto-char (max comment limit))))
            (skip-chars-backward " \t　" limit)
            (unless (or (memq (char-before) '(?, ?，)) (bolp))
              (setq found here))))))
      (goto-char (min found (point-max)))
      (milepost--skip-blank)
      (point))))

(defun milepost--word-at (position)
  "The name at POSITION, or nil."
  (save-excursion
    (goto-char position)
    (and (looking-at milepost--name) (match-string-no-properties 0))))

(defun milepost--block-at (braces)
  "The block within BRACES, the places of the open braces from the outermost.
Nil if nothing is known of it."
  (let ((block 'file)
        (limit (point-min)))
    (while (and braces block)
      (let* ((brace (pop braces))
             (start (save-excursion (goto-char brace)
                                    (milepost--statement-start limit)))
             (word (milepost--word-at start))
             (keyword (assoc word (cdr (assq block milepost--blocks)))))
        (setq block (if keyword
                        (nth 1 keyword)
                      (cdr (assq block milepost--entries))))
        (setq limit (1+ brace))))
    block))

(defun milepost--face-of-name ()
  "The face of the name that was just matched."
  (let ((start (match-beginning 0))
        (word (match-string-no-properties 0)))
    (save-match-data
      (save-excursion
        (goto-char start)
        (let* ((state (syntax-ppss))
               (braces (nth 9 state))
               (block (milepost--block-at braces))
               (limit (if braces (1+ (car (last braces))) (point-min)))
               (first (milepost--statement-start limit))
               (keywords (cdr (assq block milepost--blocks))))
          (if (= first start)
              (let ((keyword (assoc word keywords)))
                (cond ((null keyword) 'font-lock-variable-name-face)
                      ((or (nth 2 keyword) (and (eq block 'file) (nth 1 keyword)))
                       'font-lock-keyword-face)
                      (t 'font-lock-builtin-face)))
            (let* ((keyword (assoc (milepost--word-at first) keywords))
                   (inner (cdr (assoc (or (car keyword) "") milepost--words))))
              (cond
               ((eq (char-before start) ?.) 'font-lock-variable-name-face)
               ((and (nth 2 keyword)
                     (= start (save-excursion
                                (goto-char (+ first (length (car keyword))))
                                (skip-chars-forward " \t　")
                                (point))))
                'font-lock-function-name-face)
               ((and block (member word inner)) 'font-lock-keyword-face)
               ((save-excursion
                  (skip-chars-backward " \t　")
                  (looking-back "[0-9０-９]\\(?:万亿\\|[kKMB万亿]\\)?" (max (point-min) (- (point) 4))))
                'font-lock-type-face)
               (t 'font-lock-variable-name-face)))))))))

(defconst milepost-font-lock-keywords
  `(("\\_<\\(?:[0-9０-９]\\{4\\}\\(?:-[[:alnum:]_]+\\)+\\|FY[0-9０-９]+\\(?:-[[:alnum:]_]+\\)*\\)"
     0 font-lock-constant-face)
    ("\\_<[0-9０-９]\\{1,2\\}[:：][0-9０-９]\\{2\\}\\_>" 0 font-lock-constant-face)
    ("\\_<x?[0-9０-９]+\\(?:_[0-9０-９]+\\)*\\(?:\\.[0-9０-９]+\\)?\\(?:万亿\\|[万亿]\\|[kKMB]\\_>\\)?"
     0 font-lock-constant-face)
    ("[%％$€£¥￥]" 0 font-lock-type-face)
    (,milepost--name 0 (milepost--face-of-name))
    ("<-\\|->\\|\\.\\.\\|[~～=+/]" 0 font-lock-keyword-face))
  "What is coloured in plans, besides strings and comments.")

(defun milepost--syntax-propertize (start end)
  "End strings at their line's end between START and END.
A string that somebody forgot to close must not take in the rest of the plan."
  (goto-char start)
  (forward-line 0)
  (while (< (point) end)
    (let ((line-end (line-end-position))
          (closer nil)
          (from nil))
      (while (and (< (point) line-end) (not (and (null closer) (memq (char-after) '(?# ?＃)))))
        (let ((char (char-after)))
          (cond
           ((and closer (eq char ?\\)) (forward-char))
           (closer (when (memq char closer)
                     (put-text-property from (1+ from) 'syntax-table '(15))
                     (put-text-property (point) (1+ (point)) 'syntax-table '(15))
                     (setq closer nil)))
           ((eq char ?\") (setq closer '(?\") from (point)))
           ((memq char '(?“ ?”)) (setq closer '(?“ ?”) from (point)))))
        (when (< (point) line-end) (forward-char)))
      (when closer
        ;; Not closed: a sign like any other.
        (put-text-property from (1+ from) 'syntax-table '(1)))
      (forward-line 1)
      (when (eobp) (goto-char (max end (point)))))))

(defun milepost-indent-line ()
  "Indent the line by the braces that it stands in."
  (interactive)
  (let* ((indent (save-excursion
                   (forward-line 0)
                   (let ((depth (car (syntax-ppss))))
                     (when (looking-at "[ \t　]*[}｝]") (setq depth (1- depth)))
                     (* milepost-indent-offset (max 0 depth)))))
         (offset (- (current-column) (current-indentation))))
    (indent-line-to indent)
    (when (> offset 0) (move-to-column (+ indent offset)))))

;;;###autoload
(define-derived-mode milepost-mode prog-mode "Milepost"
  "Major mode for plans in the Milepost language."
  (setq-local comment-start "# ")
  (setq-local comment-start-skip "[#＃]+[ \t　]*")
  (setq-local comment-end "")
  (setq-local indent-line-function #'milepost-indent-line)
  (setq-local indent-tabs-mode nil)
  (setq-local electric-indent-chars (append '(?} ?｝) electric-indent-chars))
  (setq-local parse-sexp-lookup-properties t)
  (setq-local syntax-propertize-function #'milepost--syntax-propertize)
  (setq-local font-lock-defaults '(milepost-font-lock-keywords)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.plan\\'" . milepost-mode))

(defvar eglot-server-programs)

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               (cons 'milepost-mode (lambda (&rest _) milepost-server-command))))

(provide 'milepost-mode)
;;; milepost-mode.el ends here
