" Vim syntax file
" Language: Milepost plans
" Made from the list of keywords by the tests of milepost-grammar;
" UPDATE_EXPECT=1 cargo test -p milepost-grammar writes it.

if exists('b:current_syntax')
  finish
endif
let s:cpo = &cpo
set cpo&vim

syn case match
syn iskeyword @,48-57,_,192-255
syn sync fromstart

syn cluster milepostBetween contains=milepostComment,milepostEnd
syn cluster milepostToken contains=milepostName,milepostOperator,milepostPunctuation,milepostContinuation,milepostUnit,milepostNumber,milepostScale,milepostDate,milepostString

syn match milepostEnd /[;；]/
syn match milepostName /@NAME@/ contained
syn match milepostPunctuation /[,，:：.]/ contained
syn match milepostOperator /<-\|->\|\.\.\|[~～=+\/-]/ contained
syn match milepostContinuation /[,，]\s*\%([#＃].*\)\=\n\s*/ contained contains=milepostComment
syn match milepostUnit /[%％$€£¥￥]/ contained
syn match milepostNumber /\%(\k\)\@1<!x\=[0-9０-９]\+\%(_[0-9０-９]\+\)*\%(\.[0-9０-９]\+\%(_[0-9０-９]\+\)*\)\=/ contained nextgroup=milepostScale,milepostCounted skipwhite
syn match milepostCounted /\%(\%(@NEVER-UNIT@\)\>\%(-\k\)\@!\)\@!@NAME@/ contained
syn match milepostScale /\%([0-9０-９]\)\@4<=\%(万亿\|[万亿]\|[kKMB]\>\)/ contained nextgroup=milepostCounted skipwhite
syn match milepostDate /\<\%([0-9０-９]\{4}\%(-\k\+\)\+\|FY[0-9０-９]\+\%(-\k\+\)*\)/ contained
syn match milepostDate /\<[0-9０-９]\{1,2}[:：][0-9０-９]\{2}\>/ contained
syn match milepostEscape /\\./ contained
syn region milepostString start=/"/ skip=/\\./ end=/"/ end=/\ze[}｝][ \t}｝]*$/ oneline contained contains=milepostEscape
syn region milepostString start=/[“”]/ skip=/\\./ end=/[“”]/ oneline contained contains=milepostEscape
syn match milepostComment /[#＃].*$/ contains=@Spell
@BLOCKS@

hi def link milepostComment Comment
hi def link milepostString String
hi def link milepostEscape SpecialChar
hi def link milepostNumber Number
hi def link milepostScale Number
hi def link milepostDate Constant
hi def link milepostUnit Type
hi def link milepostCounted Type
hi def link milepostDeclaration Structure
hi def link milepostStatement Statement
hi def link milepostWord Keyword
hi def link milepostOperator Operator
hi def link milepostContinuation Delimiter
hi def link milepostPunctuation Delimiter
hi def link milepostEnd Delimiter
hi def link milepostBrace Delimiter

let b:current_syntax = 'milepost'
let &cpo = s:cpo
unlet s:cpo
