" SPDX-License-Identifier: Apache-2.0
" Written by editors/generate.py from grammar/rules; changes belong there.
if exists('b:current_syntax')
  finish
endif

" Of two that begin at one place the later wins.
syntax match musterOperator '[-!*+./<=>?|]'
syntax match musterType '\<[A-Z]\w*'
syntax match musterType '\<\%(duration\|percent\|version\|number\|period\|bool\|date\|text\|time\|int\)\>\ze\%(\s*(\)\@!'
syntax match musterFunction '\<[a-z_]\w*\ze('
syntax match musterDeclarations '\<\%(ordered\|import\|for\|as\)\>(\@!'
syntax match musterDeclarations '\<\%(evidence\|extends\|fixture\|subject\|define\|policy\|record\|shared\|source\|param\|waive\|bind\|enum\)\>\ze\s\+[A-Za-z_`]'
syntax match musterDeclarations '\<\%(test\)\>\ze\%(\s*r\?"\|\s*$\)'
syntax match musterFieldsAndTypes '\<\%(private\|label\|key\)\>\ze\s\+[A-Za-z_`]'
syntax match musterFieldsAndTypes '\<\%(fresh\|list\|of\)\>(\@!'
syntax match musterWhatStandsInAPolicy '\<\%(promote\|replace\|section\|tighten\|demote\|levels\|locked\|amend\|score\|drop\|gate\|lock\|show\|let\|set\)\>\ze\s\+[A-Za-z_`]'
syntax match musterWhatStandsInAPolicy '\<\%(should\|must\|may\|to\)\>(\@!'
syntax match musterWhatStandsInAPolicy '\<\%(because\)\>\ze\%(\s*r\?"\|\s*$\)'
syntax match musterClauses '\<\%(require\|when\)\>(\@!'
syntax match musterClauses '\<\%(effective\|weight\)\>\ze\s\+\%([0-9]\|must\>\|should\>\|may\>\|none\>\)'
syntax match musterClauses '\<\%(owner\|fix\|see\|why\)\>\ze\%(\s*r\?"\|\s*$\)'
syntax match musterClauses '\<\%(tags\)\>\ze\s\+[A-Za-z_`]'
syntax match musterGatesAndScores '\<\%(criterion\|excluded\|between\|half_up\|unless\|waived\|every\|round\|unmet\|down\|met\|na\)\>(\@!'
syntax match musterGatesAndScores '\<\%(passes\)\>\ze\s*('
syntax match musterGatesAndScores '\<\%(tagged\)\>\ze\s\+[A-Za-z_`]'
syntax match musterGatesAndScores '\<\%(empty\|cap\)\>\ze\s\+\%([0-9]\|must\>\|should\>\|may\>\|none\>\)'
syntax match musterExpressions '\<\%(contains\|exactly\|matches\|present\|absent\|assume\|choose\|starts\|known\|least\|ends\|most\|with\|all\|any\|at\|by\)\>(\@!'
syntax match musterExpressions '\<\%(no\)\>\ze\s\+[A-Za-z_`]'
syntax match musterExpressions '\<\%(latest\|count\|first\|avg\|max\|min\|sum\)\>\ze\s*('
syntax match musterWaiversSourcesAndBindings '\<\%(complete\|minutes\|seconds\|points\|hours\|keyed\|lower\|ratio\|upper\|days\|from\|rows\|trim\|map\|on\)\>(\@!'
syntax match musterWaiversSourcesAndBindings '\<\%(until\)\>\ze\s\+\%([0-9]\|must\>\|should\>\|may\>\|none\>\)'
syntax match musterWaiversSourcesAndBindings '\<\%(strip_prefix\|strip_suffix\|delimiter\|query\|split\|env\)\>\ze\%(\s*r\?"\|\s*$\)'
syntax match musterTests '\<\%(undecided\|expect\|given\|fail\|pass\)\>(\@!'
syntax match musterTests '\<\%(case\)\>\ze\%(\s*r\?"\|\s*$\)'
syntax match musterTests '\<\%(level\)\>\ze\s\+[A-Za-z_`]'
syntax match musterName '\<\h\w*\ze\s*:'
syntax match musterName '\<\h\w*\ze\%(\s*\.\s*\w\+\)*\s*<-'
syntax match musterName '?\?\.\s*\zs\h\w*'
syntax match musterLogical '\<\%(implies\|where\|and\|not\|in\|is\|or\)\>'
syntax match musterLogical '\<is\s\+\%(not\s\+\)\?\%(known\|unknown\|present\|absent\)\>'
syntax match musterConditional '\<\%(else\|then\|if\)\>'
syntax match musterConstant '\<\%(unknown\|false\|none\|true\)\>'
syntax match musterNumber '\<\d[0-9_]*\%(\.\d[0-9_]*\)\?%\?'
syntax match musterNumber '\<\d[0-9_]*\%(\.\d[0-9_]*\)\?\s\+\<\%(minutes\|seconds\|minute\|months\|second\|hours\|month\|weeks\|years\|days\|hour\|week\|year\|day\)\>'
syntax match musterNumber '\<v\d\+\%(\.\d\+\)\+\%(-[0-9A-Za-z.-]\+\)\?'
syntax match musterNumber '\<\d\{4}-\d\d-\d\d\%(T[0-9:.]*\%(Z\|[+-][0-9:]\+\)\?\)\?'
syntax match musterQuoted '`[^`]*`'
syntax match musterEscape contained '\\\%(["\\nt]\|u{\x\+}\)\|{{\|}}'
syntax match musterInterpolation contained '{[^{}"]*}'
syntax region musterText oneline start='"' skip='\\.' end='"' contains=musterEscape,musterInterpolation,@Spell
syntax match musterText '\<r"[^"]*"'
syntax match musterComment '//.*$' contains=@Spell
syntax match musterDocumentation '///\%(/\)\@!.*$' contains=@Spell

highlight default link musterOperator Operator
highlight default link musterType Type
highlight default link musterFunction Function
highlight default link musterDeclarations Structure
highlight default link musterFieldsAndTypes StorageClass
highlight default link musterWhatStandsInAPolicy Keyword
highlight default link musterClauses Statement
highlight default link musterGatesAndScores Keyword
highlight default link musterExpressions Operator
highlight default link musterWaiversSourcesAndBindings PreProc
highlight default link musterTests Keyword
highlight default link musterLogical Operator
highlight default link musterConditional Conditional
highlight default link musterConstant Constant
highlight default link musterNumber Number
highlight default link musterName Identifier
highlight default link musterQuoted Identifier
highlight default link musterText String
highlight default link musterEscape SpecialChar
highlight default link musterInterpolation Special
highlight default link musterComment Comment
highlight default link musterDocumentation SpecialComment

let b:current_syntax = 'muster'
