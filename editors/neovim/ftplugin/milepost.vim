" Milepost plans: comments, indentation, folding.
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=#\ %s
setlocal comments=:#,:＃
setlocal expandtab shiftwidth=2 softtabstop=2
setlocal indentexpr=MilepostIndent(v:lnum)
setlocal indentkeys=0},0｝,o,O

function! MilepostIndent(line) abort
  let above = prevnonblank(a:line - 1)
  if above == 0
    return 0
  endif
  let bare = substitute(getline(above), '"\%([^"\\]\|\\.\)*"\|[“”]\%([^“”\\]\|\\.\)*[“”]\|[#＃].*$', '', 'g')
  let deeper = bare =~# '[{｛][^}｝]*$' ? shiftwidth() : 0
  let back = getline(a:line) =~# '^\s*[}｝]' ? shiftwidth() : 0
  return max([0, indent(above) + deeper - back])
endfunction

let b:undo_ftplugin = 'setlocal commentstring< comments< expandtab< shiftwidth< softtabstop< indentexpr< indentkeys<'
