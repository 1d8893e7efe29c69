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
syn match milepostName /\k\+\%(-\k\+\)*/ contained
syn match milepostPunctuation /[,，:：.]/ contained
syn match milepostOperator /<-\|->\|\.\.\|[~～=+\/-]/ contained
syn match milepostContinuation /[,，]\s*\%([#＃].*\)\=\n\s*/ contained contains=milepostComment
syn match milepostUnit /[%％$€£¥￥]/ contained
syn match milepostNumber /\%(\k\)\@1<!x\=[0-9０-９]\+\%(_[0-9０-９]\+\)*\%(\.[0-9０-９]\+\%(_[0-9０-９]\+\)*\)\=/ contained nextgroup=milepostScale,milepostCounted skipwhite
syn match milepostCounted /\%(\%(aspirational\|best-case\|committed\|activity\|capacity\|pipeline\|workdays\|omitted\|outcome\|quarter\|require\|ten-day\|workday\|before\|commit\|evenly\|higher\|months\|points\|starts\|target\|weight\|within\|after\|coins\|first\|hours\|least\|lower\|month\|named\|start\|weeks\|coin\|days\|done\|each\|else\|from\|half\|last\|like\|most\|role\|skip\|week\|work\|year\|day\|end\|for\|lag\|min\|per\|sum\|as\|at\|by\|in\|of\|on\|pp\|to\)\>\%(-\k\)\@!\)\@!\k\+\%(-\k\+\)*/ contained
syn match milepostScale /\%([0-9０-９]\)\@4<=\%(万亿\|[万亿]\|[kKMB]\>\)/ contained nextgroup=milepostCounted skipwhite
syn match milepostDate /\<\%([0-9０-９]\{4}\%(-\k\+\)\+\|FY[0-9０-９]\+\%(-\k\+\)*\)/ contained
syn match milepostDate /\<[0-9０-９]\{1,2}[:：][0-9０-９]\{2}\>/ contained
syn match milepostEscape /\\./ contained
syn region milepostString start=/"/ skip=/\\./ end=/"/ end=/\ze[}｝][ \t}｝]*$/ oneline contained contains=milepostEscape
syn region milepostString start=/[“”]/ skip=/\\./ end=/[“”]/ oneline contained contains=milepostEscape
syn match milepostComment /[#＃].*$/ contains=@Spell

" the top level of a file
syn match milepostInFileEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInFileEntryWord milepostWord
syn region milepostInFileEntry start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInFileEntryWord
syn match milepostInFile1Name /\%(\<\%(plan\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInFile1Name Identifier
syn region milepostInFile1 matchgroup=milepostDeclaration start=/\<\%(plan\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInPlanBraces,milepostInFile1Name
syn region milepostInFile2 matchgroup=milepostStatement start=/\<\%(include\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn match milepostInFile3Name /\%(\<\%(calendar\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInFile3Name Identifier
syn region milepostInFile3 matchgroup=milepostDeclaration start=/\<\%(calendar\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInCalendarBraces,milepostInFile3Name
syn match milepostInFile4Name /\%(\<\%(metric\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInFile4Name Identifier
syn region milepostInFile4 matchgroup=milepostDeclaration start=/\<\%(metric\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInMetricBraces,milepostInFile4Name
syn match milepostInFile5Name /\%(\<\%(team\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInFile5Name Identifier
syn region milepostInFile5 matchgroup=milepostDeclaration start=/\<\%(team\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInTeamBraces,milepostInFile5Name
syn match milepostInFile6Name /\%(\<\%(person\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInFile6Name Identifier
syn region milepostInFile6 matchgroup=milepostDeclaration start=/\<\%(person\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInPersonBraces,milepostInFile6Name
syn match milepostInFile7Name /\%(\<\%(history\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInFile7Name Identifier
syn match milepostInFile7Word /[.]\@1<!\%(\k-\)\@2<!\<\%(from\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInFile7Word milepostWord
syn region milepostInFile7 matchgroup=milepostDeclaration start=/\<\%(history\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInHistoryBraces,milepostInFile7Name,milepostInFile7Word
syn match milepostInFile8Name /\%(\<\%(funnel\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInFile8Name Identifier
syn region milepostInFile8 matchgroup=milepostDeclaration start=/\<\%(funnel\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInFunnelBraces,milepostInFile8Name
syn match milepostInFile9Name /\%(\<\%(accounts\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInFile9Name Identifier
syn match milepostInFile9Word /[.]\@1<!\%(\k-\)\@2<!\<\%(from\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInFile9Word milepostWord
syn region milepostInFile9 matchgroup=milepostDeclaration start=/\<\%(accounts\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAccountsBraces,milepostInFile9Name,milepostInFile9Word
syn match milepostInFile10Name /\%(\<\%(pipeline\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInFile10Name Identifier
syn match milepostInFile10Word /[.]\@1<!\%(\k-\)\@2<!\<\%(from\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInFile10Word milepostWord
syn region milepostInFile10 matchgroup=milepostDeclaration start=/\<\%(pipeline\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInPipelineBraces,milepostInFile10Name,milepostInFile10Word
syn match milepostInFile11Name /\%(\<\%(objective\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInFile11Name Identifier
syn region milepostInFile11 matchgroup=milepostDeclaration start=/\<\%(objective\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInObjectiveBraces,milepostInFile11Name
syn match milepostInFile12Name /\%(\<\%(action\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInFile12Name Identifier
syn region milepostInFile12 matchgroup=milepostDeclaration start=/\<\%(action\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInActionBraces,milepostInFile12Name
syn match milepostInFile13Name /\%(\<\%(review\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInFile13Name Identifier
syn region milepostInFile13 matchgroup=milepostDeclaration start=/\<\%(review\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInReviewBraces,milepostInFile13Name
syn match milepostInFile14Name /\%(\<\%(incentive\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInFile14Name Identifier
syn region milepostInFile14 matchgroup=milepostDeclaration start=/\<\%(incentive\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInIncentiveBraces,milepostInFile14Name
syn region milepostInFile15 matchgroup=milepostDeclaration start=/\<\%(actual\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInActualBraces
syn match milepostInFile16Word /[.]\@1<!\%(\k-\)\@2<!\<\%(from\)\>\%(-\k\)\@!/ contained
hi def link milepostInFile16Word milepostWord
syn region milepostInFile16 matchgroup=milepostDeclaration start=/\<\%(actuals\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInActualsBraces,milepostInFile16Word
syn match milepostInFile17Name /\%(\<\%(scenario\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInFile17Name Identifier
syn region milepostInFile17 matchgroup=milepostDeclaration start=/\<\%(scenario\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInScenarioBraces,milepostInFile17Name
syn region milepostInFile18 matchgroup=milepostDeclaration start=/\<\%(smart\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInSmartBraces
syn cluster milepostInFile contains=@milepostBetween,milepostInFileEntry,milepostInFile1,milepostInFile2,milepostInFile3,milepostInFile4,milepostInFile5,milepostInFile6,milepostInFile7,milepostInFile8,milepostInFile9,milepostInFile10,milepostInFile11,milepostInFile12,milepostInFile13,milepostInFile14,milepostInFile15,milepostInFile16,milepostInFile17,milepostInFile18

" a plan
syn match milepostInPlanEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInPlanEntryWord milepostWord
syn region milepostInPlanEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInPlanEntryWord
syn region milepostInPlan1 contained matchgroup=milepostStatement start=/\<\%(calendar\|currency\|language\|timezone\|edition\|follows\|include\|period\|focus\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn region milepostInPlan2 contained matchgroup=milepostStatement start=/\<\%(smart\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInSmartBraces
syn match milepostInPlan3Word /[.]\@1<!\%(\k-\)\@2<!\<\%(starts\|named\|start\|year\|end\|by\)\>\%(-\k\)\@!/ contained
hi def link milepostInPlan3Word milepostWord
syn region milepostInPlan3 contained matchgroup=milepostStatement start=/\<\%(fiscal\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInPlan3Word
syn cluster milepostInPlan contains=@milepostBetween,milepostInPlanEntry,milepostInPlan1,milepostInPlan2,milepostInPlan3
syn region milepostInPlanBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInPlan fold

" a calendar
syn match milepostInCalendarEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInCalendarEntryWord milepostWord
syn region milepostInCalendarEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInCalendarEntryWord
syn region milepostInCalendar1 contained matchgroup=milepostStatement start=/\<\%(covers\|week\|work\|off\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn match milepostInCalendar2Word /[.]\@1<!\%(\k-\)\@2<!\<\%(work\)\>\%(-\k\)\@!/ contained
hi def link milepostInCalendar2Word milepostWord
syn region milepostInCalendar2 contained matchgroup=milepostStatement start=/\<\%(import\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInCalendar2Word
syn cluster milepostInCalendar contains=@milepostBetween,milepostInCalendarEntry,milepostInCalendar1,milepostInCalendar2
syn region milepostInCalendarBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInCalendar fold

" a metric
syn match milepostInMetricEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInMetricEntryWord milepostWord
syn region milepostInMetricEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInMetricEntryWord
syn region milepostInMetric1 contained matchgroup=milepostStatement start=/\<\%(step\|unit\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn match milepostInMetric2Word /[.]\@1<!\%(\k-\)\@2<!\<\%(activity\|outcome\)\>\%(-\k\)\@!/ contained
hi def link milepostInMetric2Word milepostWord
syn region milepostInMetric2 contained matchgroup=milepostStatement start=/\<\%(kind\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInMetric2Word
syn match milepostInMetric3Word /[.]\@1<!\%(\k-\)\@2<!\<\%(higher\|lower\)\>\%(-\k\)\@!/ contained
hi def link milepostInMetric3Word milepostWord
syn region milepostInMetric3 contained matchgroup=milepostStatement start=/\<\%(better\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInMetric3Word
syn match milepostInMetric4Word /[.]\@1<!\%(\k-\)\@2<!\<\%(last\|sum\)\>\%(-\k\)\@!/ contained
hi def link milepostInMetric4Word milepostWord
syn region milepostInMetric4 contained matchgroup=milepostStatement start=/\<\%(total\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInMetric4Word
syn match milepostInMetric5Word /[.]\@1<!\%(\k-\)\@2<!\<\%(quarter\|ten-day\|month\|half\|week\|year\|day\)\>\%(-\k\)\@!/ contained
hi def link milepostInMetric5Word milepostWord
syn region milepostInMetric5 contained matchgroup=milepostStatement start=/\<\%(grain\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInMetric5Word
syn region milepostInMetric6 contained matchgroup=milepostStatement start=/\<\%(weekdays\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInWeekdaysBraces
syn cluster milepostInMetric contains=@milepostBetween,milepostInMetricEntry,milepostInMetric1,milepostInMetric2,milepostInMetric3,milepostInMetric4,milepostInMetric5,milepostInMetric6
syn region milepostInMetricBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInMetric fold

" a list of weekdays
syn match milepostInWeekdaysEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInWeekdaysEntryWord milepostWord
syn region milepostInWeekdaysEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInWeekdaysEntryWord
syn region milepostInWeekdays1 contained matchgroup=milepostStatement start=/\<\%(fri\|mon\|sat\|sun\|thu\|tue\|wed\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn cluster milepostInWeekdays contains=@milepostBetween,milepostInWeekdaysEntry,milepostInWeekdays1
syn region milepostInWeekdaysBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInWeekdays fold

" a team
syn match milepostInTeamEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInTeamEntryWord milepostWord
syn region milepostInTeamEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInTeamEntryWord
syn match milepostInTeam1Name /\%(\<\%(team\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInTeam1Name Identifier
syn region milepostInTeam1 contained matchgroup=milepostDeclaration start=/\<\%(team\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInTeamBraces,milepostInTeam1Name
syn match milepostInTeam2Name /\%(\<\%(person\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInTeam2Name Identifier
syn region milepostInTeam2 contained matchgroup=milepostDeclaration start=/\<\%(person\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInPersonBraces,milepostInTeam2Name
syn region milepostInTeam3 contained matchgroup=milepostStatement start=/\<\%(calendar\|weight\|until\|away\|from\|lead\|role\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn match milepostInTeam4Word /[.]\@1<!\%(\k-\)\@2<!\<\%(after\|month\|start\|by\)\>\%(-\k\)\@!/ contained
hi def link milepostInTeam4Word milepostWord
syn region milepostInTeam4 contained matchgroup=milepostStatement start=/\<\%(ramp\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInTeam4Word
syn cluster milepostInTeam contains=@milepostBetween,milepostInTeamEntry,milepostInTeam1,milepostInTeam2,milepostInTeam3,milepostInTeam4
syn region milepostInTeamBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInTeam fold

" a person
syn match milepostInPersonEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInPersonEntryWord milepostWord
syn region milepostInPersonEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInPersonEntryWord
syn region milepostInPerson1 contained matchgroup=milepostStatement start=/\<\%(calendar\|weight\|until\|away\|from\|role\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn match milepostInPerson2Word /[.]\@1<!\%(\k-\)\@2<!\<\%(after\|month\|start\|by\)\>\%(-\k\)\@!/ contained
hi def link milepostInPerson2Word milepostWord
syn region milepostInPerson2 contained matchgroup=milepostStatement start=/\<\%(ramp\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInPerson2Word
syn cluster milepostInPerson contains=@milepostBetween,milepostInPersonEntry,milepostInPerson1,milepostInPerson2
syn region milepostInPersonBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInPerson fold

" a history
syn match milepostInHistoryEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInHistoryEntryWord milepostWord
syn region milepostInHistoryEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInHistoryEntryWord
syn region milepostInHistory1 contained matchgroup=milepostStatement start=/\<\%(encoding\|amount\|metric\|person\|date\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn cluster milepostInHistory contains=@milepostBetween,milepostInHistoryEntry,milepostInHistory1
syn region milepostInHistoryBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInHistory fold

" an actual block
syn match milepostInActualEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInActualEntryWord milepostWord
syn region milepostInActualEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInActualEntryWord
syn cluster milepostInActual contains=@milepostBetween,milepostInActualEntry
syn region milepostInActualBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInActual fold

" an actuals block
syn match milepostInActualsEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInActualsEntryWord milepostWord
syn region milepostInActualsEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInActualsEntryWord
syn region milepostInActuals1 contained matchgroup=milepostStatement start=/\<\%(encoding\|amount\|metric\|person\|date\|note\|id\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn cluster milepostInActuals contains=@milepostBetween,milepostInActualsEntry,milepostInActuals1
syn region milepostInActualsBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInActuals fold

" a funnel
syn match milepostInFunnelEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInFunnelEntryWord milepostWord
syn region milepostInFunnelEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInFunnelEntryWord
syn cluster milepostInFunnel contains=@milepostBetween,milepostInFunnelEntry
syn region milepostInFunnelBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInFunnel fold

" an accounts block
syn match milepostInAccountsEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInAccountsEntryWord milepostWord
syn region milepostInAccountsEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAccountBraces,milepostInAccountsEntryWord
syn region milepostInAccounts1 contained matchgroup=milepostStatement start=/\<\%(encoding\|account\|amount\|renews\|retain\|owner\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn cluster milepostInAccounts contains=@milepostBetween,milepostInAccountsEntry,milepostInAccounts1
syn region milepostInAccountsBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInAccounts fold

" an account
syn match milepostInAccountEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInAccountEntryWord milepostWord
syn region milepostInAccountEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInAccountEntryWord
syn region milepostInAccount1 contained matchgroup=milepostStatement start=/\<\%(renews\|retain\|owner\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn cluster milepostInAccount contains=@milepostBetween,milepostInAccountEntry,milepostInAccount1
syn region milepostInAccountBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInAccount fold

" a pipeline
syn match milepostInPipelineEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInPipelineEntryWord milepostWord
syn region milepostInPipelineEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInPipelineEntryWord
syn match milepostInPipeline1Word /[.]\@1<!\%(\k-\)\@2<!\<\%(each\)\>\%(-\k\)\@!/ contained
hi def link milepostInPipeline1Word milepostWord
syn region milepostInPipeline1 contained matchgroup=milepostStatement start=/\<\%(open\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInPipeline1Word
syn region milepostInPipeline2 contained matchgroup=milepostStatement start=/\<\%(probability\|encoding\|amount\|close\|owner\|stage\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn match milepostInPipeline3Name /\%(\<\%(deal\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInPipeline3Name Identifier
syn region milepostInPipeline3 contained matchgroup=milepostDeclaration start=/\<\%(deal\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInDealBraces,milepostInPipeline3Name
syn match milepostInPipeline4Word /[.]\@1<!\%(\k-\)\@2<!\<\%(by\)\>\%(-\k\)\@!/ contained
hi def link milepostInPipeline4Word milepostWord
syn region milepostInPipeline4 contained matchgroup=milepostStatement start=/\<\%(next\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInPipeline4Word
syn match milepostInPipeline5Word /[.]\@1<!\%(\k-\)\@2<!\<\%(best-case\|pipeline\|omitted\|commit\)\>\%(-\k\)\@!/ contained
hi def link milepostInPipeline5Word milepostWord
syn region milepostInPipeline5 contained matchgroup=milepostStatement start=/\<\%(category\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInPipeline5Word
syn cluster milepostInPipeline contains=@milepostBetween,milepostInPipelineEntry,milepostInPipeline1,milepostInPipeline2,milepostInPipeline3,milepostInPipeline4,milepostInPipeline5
syn region milepostInPipelineBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInPipeline fold

" a deal
syn match milepostInDealEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInDealEntryWord milepostWord
syn region milepostInDealEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInDealEntryWord
syn region milepostInDeal1 contained matchgroup=milepostStatement start=/\<\%(probability\|amount\|close\|owner\|stage\|lost\|won\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn match milepostInDeal2Word /[.]\@1<!\%(\k-\)\@2<!\<\%(best-case\|pipeline\|omitted\|commit\)\>\%(-\k\)\@!/ contained
hi def link milepostInDeal2Word milepostWord
syn region milepostInDeal2 contained matchgroup=milepostStatement start=/\<\%(category\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInDeal2Word
syn match milepostInDeal3Word /[.]\@1<!\%(\k-\)\@2<!\<\%(by\)\>\%(-\k\)\@!/ contained
hi def link milepostInDeal3Word milepostWord
syn region milepostInDeal3 contained matchgroup=milepostStatement start=/\<\%(next\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInDeal3Word
syn cluster milepostInDeal contains=@milepostBetween,milepostInDealEntry,milepostInDeal1,milepostInDeal2,milepostInDeal3
syn region milepostInDealBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInDeal fold

" an objective
syn match milepostInObjectiveEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInObjectiveEntryWord milepostWord
syn region milepostInObjectiveEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInObjectiveEntryWord
syn region milepostInObjective1 contained matchgroup=milepostStatement start=/\<\%(smart\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInSmartBraces
syn match milepostInObjective2Name /\%(\<\%(key-result\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInObjective2Name Identifier
syn region milepostInObjective2 contained matchgroup=milepostDeclaration start=/\<\%(key-result\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInKeyResultBraces,milepostInObjective2Name
syn region milepostInObjective3 contained matchgroup=milepostStatement start=/\<\%(obstacle\|priority\|supports\|dropped\|assume\|during\|weight\|owner\|scope\|why\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn match milepostInObjective4Word /[.]\@1<!\%(\k-\)\@2<!\<\%(aspirational\|committed\)\>\%(-\k\)\@!/ contained
hi def link milepostInObjective4Word milepostWord
syn region milepostInObjective4 contained matchgroup=milepostStatement start=/\<\%(type\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInObjective4Word
syn region milepostInObjective5 contained matchgroup=milepostStatement start=/\<\%(check-in\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInCheckInBraces
syn cluster milepostInObjective contains=@milepostBetween,milepostInObjectiveEntry,milepostInObjective1,milepostInObjective2,milepostInObjective3,milepostInObjective4,milepostInObjective5
syn region milepostInObjectiveBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInObjective fold

" a key result
syn match milepostInKeyResultEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInKeyResultEntryWord milepostWord
syn region milepostInKeyResultEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInKeyResultEntryWord
syn region milepostInKeyResult1 contained matchgroup=milepostStatement start=/\<\%(smart\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInSmartBraces
syn region milepostInKeyResult2 contained matchgroup=milepostStatement start=/\<\%(front-loaded\|back-loaded\|over-assign\|threshold\|baseline\|existing\|obstacle\|priority\|supports\|dropped\|through\|assume\|during\|weight\|owner\|scope\|pin\|why\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn match milepostInKeyResult3Word /[.]\@1<!\%(\k-\)\@2<!\<\%(aspirational\|committed\)\>\%(-\k\)\@!/ contained
hi def link milepostInKeyResult3Word milepostWord
syn region milepostInKeyResult3 contained matchgroup=milepostStatement start=/\<\%(type\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInKeyResult3Word
syn region milepostInKeyResult4 contained matchgroup=milepostStatement start=/\<\%(check-in\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInCheckInBraces
syn match milepostInKeyResult5Word /[.]\@1<!\%(\k-\)\@2<!\<\%(quarter\|ten-day\|month\|from\|half\|week\|year\|day\|per\|by\|pp\|to\)\>\%(-\k\)\@!/ contained
hi def link milepostInKeyResult5Word milepostWord
syn region milepostInKeyResult5 contained matchgroup=milepostStatement start=/\<\%(measure\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInKeyResult5Word
syn match milepostInKeyResult6Word /[.]\@1<!\%(\k-\)\@2<!\<\%(within\|least\|most\|at\|by\)\>\%(-\k\)\@!/ contained
hi def link milepostInKeyResult6Word milepostWord
syn region milepostInKeyResult6 contained matchgroup=milepostStatement start=/\<\%(hold\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInKeyResult6Word
syn match milepostInKeyResult7Word /[.]\@1<!\%(\k-\)\@2<!\<\%(done\|by\)\>\%(-\k\)\@!/ contained
hi def link milepostInKeyResult7Word milepostWord
syn region milepostInKeyResult7 contained matchgroup=milepostStatement start=/\<\%(reach\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInKeyResult7Word
syn match milepostInKeyResult8Word /[.]\@1<!\%(\k-\)\@2<!\<\%(target\|by\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInKeyResult8Word milepostWord
syn region milepostInKeyResult8 contained matchgroup=milepostStatement start=/\<\%(checkpoint\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInKeyResult8Word
syn match milepostInKeyResult9Name /\%(\<\%(split\)\s\+\)\@60<=\k\+\%(-\k\+\)*/ contained
hi def link milepostInKeyResult9Name Identifier
syn region milepostInKeyResult9 contained matchgroup=milepostDeclaration start=/\<\%(split\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInWeightsBraces,milepostInKeyResult9Name
syn match milepostInKeyResult10Word /[.]\@1<!\%(\k-\)\@2<!\<\%(capacity\|evenly\|weight\|each\|like\|role\|by\)\>\%(-\k\)\@!/ contained
hi def link milepostInKeyResult10Word milepostWord
syn region milepostInKeyResult10 contained matchgroup=milepostStatement start=/\<\%(share\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInWeightsBraces,milepostInKeyResult10Word
syn region milepostInKeyResult11 contained matchgroup=milepostStatement start=/\<\%(forecast\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInForecastBraces
syn match milepostInKeyResult12Word /[.]\@1<!\%(\k-\)\@2<!\<\%(workday\|evenly\|like\|per\)\>\%(-\k\)\@!/ contained
hi def link milepostInKeyResult12Word milepostWord
syn region milepostInKeyResult12 contained matchgroup=milepostStatement start=/\<\%(spread\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInPeriodsBraces,milepostInKeyResult12Word
syn cluster milepostInKeyResult contains=@milepostBetween,milepostInKeyResultEntry,milepostInKeyResult1,milepostInKeyResult2,milepostInKeyResult3,milepostInKeyResult4,milepostInKeyResult5,milepostInKeyResult6,milepostInKeyResult7,milepostInKeyResult8,milepostInKeyResult9,milepostInKeyResult10,milepostInKeyResult11,milepostInKeyResult12
syn region milepostInKeyResultBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInKeyResult fold

" a check-in
syn match milepostInCheckInEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInCheckInEntryWord milepostWord
syn region milepostInCheckInEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInCheckInEntryWord
syn region milepostInCheckIn1 contained matchgroup=milepostStatement start=/\<\%(confidence\|good\|bad\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn match milepostInCheckIn2Word /[.]\@1<!\%(\k-\)\@2<!\<\%(by\)\>\%(-\k\)\@!/ contained
hi def link milepostInCheckIn2Word milepostWord
syn region milepostInCheckIn2 contained matchgroup=milepostStatement start=/\<\%(next\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInCheckIn2Word
syn cluster milepostInCheckIn contains=@milepostBetween,milepostInCheckInEntry,milepostInCheckIn1,milepostInCheckIn2
syn region milepostInCheckInBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInCheckIn fold

" a forecast
syn match milepostInForecastEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInForecastEntryWord milepostWord
syn region milepostInForecastEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInForecastEntryWord
syn region milepostInForecast1 contained matchgroup=milepostStatement start=/\<\%(commit\|best\|call\|note\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn cluster milepostInForecast contains=@milepostBetween,milepostInForecastEntry,milepostInForecast1
syn region milepostInForecastBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInForecast fold

" a list of weights
syn match milepostInWeightsEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInWeightsEntryWord milepostWord
syn region milepostInWeightsEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInWeightsEntryWord
syn cluster milepostInWeights contains=@milepostBetween,milepostInWeightsEntry
syn region milepostInWeightsBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInWeights fold

" a list of periods
syn match milepostInPeriodsEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInPeriodsEntryWord milepostWord
syn region milepostInPeriodsEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInPeriodsEntryWord
syn cluster milepostInPeriods contains=@milepostBetween,milepostInPeriodsEntry
syn region milepostInPeriodsBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInPeriods fold

" a scenario
syn match milepostInScenarioEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInScenarioEntryWord milepostWord
syn region milepostInScenarioEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInScenarioEntryWord
syn cluster milepostInScenario contains=@milepostBetween,milepostInScenarioEntry
syn region milepostInScenarioBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInScenario fold

" an action
syn match milepostInActionEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInActionEntryWord milepostWord
syn region milepostInActionEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInActionEntryWord
syn region milepostInAction1 contained matchgroup=milepostStatement start=/\<\%(customer\|priority\|budget\|during\|skills\|yields\|after\|needs\|owner\|place\|with\|for\|why\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn match milepostInAction2Word /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|workday\|months\|hours\|weeks\|days\|min\)\>\%(-\k\)\@!/ contained
hi def link milepostInAction2Word milepostWord
syn region milepostInAction2 contained matchgroup=milepostStatement start=/\<\%(takes\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInAction2Word
syn match milepostInAction3Word /[.]\@1<!\%(\k-\)\@2<!\<\%(by\)\>\%(-\k\)\@!/ contained
hi def link milepostInAction3Word milepostWord
syn region milepostInAction3 contained matchgroup=milepostStatement start=/\<\%(support\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInAction3Word
syn match milepostInAction4Word /[.]\@1<!\%(\k-\)\@2<!\<\%(quarter\|ten-day\|workday\|before\|first\|hours\|month\|weeks\|else\|last\|skip\|week\|day\|for\|min\|at\|on\)\>\%(-\k\)\@!/ contained
hi def link milepostInAction4Word milepostWord
syn region milepostInAction4 contained matchgroup=milepostStatement start=/\<\%(every\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInAction4Word
syn match milepostInAction5Word /[.]\@1<!\%(\k-\)\@2<!\<\%(hours\|for\|min\|at\)\>\%(-\k\)\@!/ contained
hi def link milepostInAction5Word milepostWord
syn region milepostInAction5 contained matchgroup=milepostStatement start=/\<\%(on\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInAction5Word
syn match milepostInAction6Word /[.]\@1<!\%(\k-\)\@2<!\<\%(before\|hours\|days\|min\)\>\%(-\k\)\@!/ contained
hi def link milepostInAction6Word milepostWord
syn region milepostInAction6 contained matchgroup=milepostStatement start=/\<\%(remind\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInAction6Word
syn cluster milepostInAction contains=@milepostBetween,milepostInActionEntry,milepostInAction1,milepostInAction2,milepostInAction3,milepostInAction4,milepostInAction5,milepostInAction6
syn region milepostInActionBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInAction fold

" a review
syn match milepostInReviewEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInReviewEntryWord milepostWord
syn region milepostInReviewEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInReviewEntryWord
syn region milepostInReview1 contained matchgroup=milepostStatement start=/\<\%(agenda\|during\|owner\|place\|with\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn match milepostInReview2Word /[.]\@1<!\%(\k-\)\@2<!\<\%(quarter\|ten-day\|workday\|before\|first\|hours\|month\|weeks\|else\|last\|skip\|week\|day\|for\|min\|at\|on\)\>\%(-\k\)\@!/ contained
hi def link milepostInReview2Word milepostWord
syn region milepostInReview2 contained matchgroup=milepostStatement start=/\<\%(every\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInReview2Word
syn match milepostInReview3Word /[.]\@1<!\%(\k-\)\@2<!\<\%(hours\|for\|min\|at\)\>\%(-\k\)\@!/ contained
hi def link milepostInReview3Word milepostWord
syn region milepostInReview3 contained matchgroup=milepostStatement start=/\<\%(on\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInReview3Word
syn match milepostInReview4Word /[.]\@1<!\%(\k-\)\@2<!\<\%(before\|hours\|days\|min\)\>\%(-\k\)\@!/ contained
hi def link milepostInReview4Word milepostWord
syn region milepostInReview4 contained matchgroup=milepostStatement start=/\<\%(remind\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInReview4Word
syn cluster milepostInReview contains=@milepostBetween,milepostInReviewEntry,milepostInReview1,milepostInReview2,milepostInReview3,milepostInReview4
syn region milepostInReviewBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInReview fold

" an incentive
syn match milepostInIncentiveEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInIncentiveEntryWord milepostWord
syn region milepostInIncentiveEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInIncentiveEntryWord
syn match milepostInIncentive1Word /[.]\@1<!\%(\k-\)\@2<!\<\%(points\|coins\|coin\)\>\%(-\k\)\@!/ contained
hi def link milepostInIncentive1Word milepostWord
syn region milepostInIncentive1 contained matchgroup=milepostStatement start=/\<\%(missed\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInIncentive1Word
syn match milepostInIncentive2Word /[.]\@1<!\%(\k-\)\@2<!\<\%(points\|at\)\>\%(-\k\)\@!/ contained
hi def link milepostInIncentive2Word milepostWord
syn region milepostInIncentive2 contained matchgroup=milepostStatement start=/\<\%(level\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInIncentive2Word
syn match milepostInIncentive3Word /[.]\@1<!\%(\k-\)\@2<!\<\%(coins\|coin\)\>\%(-\k\)\@!/ contained
hi def link milepostInIncentive3Word milepostWord
syn region milepostInIncentive3 contained matchgroup=milepostStatement start=/\<\%(prize\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInIncentive3Word
syn region milepostInIncentive4 contained matchgroup=milepostStatement start=/\<\%(coin\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn cluster milepostInIncentive contains=@milepostBetween,milepostInIncentiveEntry,milepostInIncentive1,milepostInIncentive2,milepostInIncentive3,milepostInIncentive4
syn region milepostInIncentiveBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInIncentive fold

" a smart block
syn match milepostInSmartEntryWord /[.]\@1<!\%(\k-\)\@2<!\<\%(workdays\|quarter\|ten-day\|workday\|months\|points\|coins\|least\|month\|weeks\|coin\|days\|each\|half\|most\|week\|year\|day\|for\|lag\|per\|as\|at\|in\|of\)\>\%(-\k\)\@!/ contained
hi def link milepostInSmartEntryWord milepostWord
syn region milepostInSmartEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInSmartEntryWord
syn match milepostInSmart1Word /[.]\@1<!\%(\k-\)\@2<!\<\%(require\)\>\%(-\k\)\@!/ contained
hi def link milepostInSmart1Word milepostWord
syn region milepostInSmart1 contained matchgroup=milepostStatement start=/\<\%(attainable\|measurable\|time-bound\|relevant\|specific\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInSmart1Word
syn match milepostInSmart2Word /[.]\@1<!\%(\k-\)\@2<!\<\%(on\)\>\%(-\k\)\@!/ contained
hi def link milepostInSmart2Word milepostWord
syn region milepostInSmart2 contained matchgroup=milepostStatement start=/\<\%(waive\)\>\%(-\k\)\@!/ matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces,milepostInSmart2Word
syn cluster milepostInSmart contains=@milepostBetween,milepostInSmartEntry,milepostInSmart1,milepostInSmart2
syn region milepostInSmartBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInSmart fold

" a block that nothing is known of
syn region milepostInAnyEntry contained start=/[^ \t;；{}｛｝#＃]/rs=s-1 matchgroup=NONE end=/\ze[;；}｝#＃]/ end=/[}｝]\@1<=/ end=/$/ contains=@milepostToken,milepostInAnyBraces
syn cluster milepostInAny contains=@milepostBetween,milepostInAnyEntry
syn region milepostInAnyBraces contained matchgroup=milepostBrace start=/[{｛]/ matchgroup=milepostBrace end=/[}｝]/ contains=@milepostInAny fold

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
