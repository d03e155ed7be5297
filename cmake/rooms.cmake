# SPDX-License-Identifier: Apache-2.0
# The table of rooms. A room is a folder of C++ sources; it becomes one static library and may include
# headers of the rooms that its line names, and of no others. A noun holds a representation, a verb turns
# one noun into the next, a facade joins verbs for the floor above, a door is a program. A plugin is opened at run time
# and built where its libraries are installed; nothing is linked with it.
# tests/house checks every #include against this table and that the table has no cycle.

#    room                kind    may see
room(base                noun)

room(grammar/rules       noun    base)
room(grammar/syntax      noun    base grammar/rules)                  # its tokens and nodes are those of the grammar's lists
room(grammar/parse       verb    base grammar/syntax grammar/rules)
room(grammar/format      verb    base grammar/rules grammar/syntax grammar/parse)   # reads its own output again before it is written

room(compiler/types      noun    base)
room(compiler/ast        noun    base compiler/types)
room(compiler/typed      noun    base compiler/types)
room(compiler/values     noun    base compiler/types compiler/typed)
room(compiler/ir         noun    base compiler/types compiler/typed)
room(compiler/desugar    verb    base grammar/rules grammar/syntax compiler/types compiler/ast grammar/parse)   # an expression inside a message is parsed where its text is read
room(compiler/check      verb    base compiler/types compiler/ast compiler/typed)
room(compiler/lint       verb    base compiler/types compiler/typed compiler/values)
room(compiler/lower       verb    base compiler/types compiler/typed compiler/ir)
room(compiler/optimise   verb    base compiler/types compiler/typed compiler/ir)
# Its sources are the modules in stdlib/std; see embed.cmake.
room(stdlib              noun)

room(compiler            facade  base stdlib grammar/syntax grammar/parse compiler/types compiler/ast compiler/typed compiler/ir compiler/desugar compiler/check compiler/lint compiler/lower compiler/optimise)

room(runtime/evidence    noun    base compiler/types compiler/typed)
room(runtime/columns     noun    base compiler/types compiler/typed compiler/ir)
room(runtime/unpack      verb)
room(runtime/waivers     noun    base compiler/types compiler/typed runtime/evidence)
room(runtime/verdicts    noun    base compiler/types compiler/typed runtime/evidence)
room(runtime/scores      noun    base compiler/types compiler/typed runtime/evidence runtime/verdicts)
room(runtime/kernels     noun    base compiler/types compiler/typed compiler/ir runtime/columns)
room(runtime/groups      noun    base compiler/types compiler/typed compiler/ir)
room(runtime/ingest      verb    base compiler/types compiler/typed compiler/ir runtime/evidence runtime/columns)
room(runtime/fitting     verb    base compiler/types compiler/typed runtime/evidence runtime/waivers runtime/ingest)   # holds bindings against what ingest reads
room(runtime/reference   verb    base compiler/types compiler/typed runtime/evidence runtime/waivers runtime/verdicts runtime/scores)
room(runtime/interpret   verb    base compiler/types compiler/typed compiler/ir runtime/columns runtime/evidence runtime/verdicts runtime/scores runtime/kernels runtime/groups)
room(runtime/jit_plugin  noun    base compiler/types compiler/typed compiler/ir runtime/groups)
room(runtime/jit         plugin  base compiler/types compiler/typed compiler/ir runtime/groups runtime/jit_plugin)   # the only room with LLVM
room(runtime/findings    verb    base compiler/types compiler/typed compiler/ir runtime/evidence runtime/columns runtime/verdicts runtime/waivers)
room(runtime/compare     verb    base compiler/types compiler/typed runtime/evidence runtime/waivers runtime/verdicts runtime/scores runtime/reference effective/source)   # a verdict between two policies is found as the reference engine finds one
room(runtime/report      verb    base compiler/types compiler/typed runtime/evidence runtime/waivers runtime/verdicts runtime/compare)   # prints what a comparison found
room(runtime/suite       verb    base compiler/types compiler/typed compiler/values runtime/evidence runtime/waivers runtime/verdicts runtime/reference)   # a test of the language is a run of the reference engine
room(runtime             facade  base compiler compiler/types compiler/typed compiler/ir compiler/lower runtime/evidence runtime/columns runtime/waivers runtime/verdicts runtime/ingest runtime/reference runtime/kernels runtime/groups runtime/jit_plugin runtime/interpret runtime/findings runtime/compare runtime/report)

room(effective/source    noun    base grammar/rules compiler/types compiler/typed)   # asks the grammar which words are reserved
room(effective/flatten   verb    base effective/source grammar/syntax grammar/parse grammar/format compiler compiler/types compiler/typed compiler/check runtime/ingest runtime/waivers runtime/evidence)   # compiles what it writes before it gives it away, and asks ingest which bindings hold
room(effective/describe  verb    base effective/source compiler/types compiler/typed runtime/report)   # its documents are written as those of verdicts are

# Its sources are the pages in docs/codes; see embed.cmake.
room(docs                noun)

# Its sources are the files in starter/project; see embed.cmake.
room(starter             noun)

# The language server. What it reads of the world comes to it as functions, from the command that starts it.
room(lsp/protocol        noun    base)                                # the only room that knows how messages are written
room(lsp/session         verb    base lsp/protocol grammar/syntax compiler compiler/ast compiler/check compiler/types compiler/typed)   # keeps what the compiler found in each module
room(lsp/handlers        verb    base stdlib lsp/protocol lsp/session grammar/rules grammar/syntax grammar/parse grammar/format compiler compiler/ast compiler/check compiler/types compiler/typed effective/source)   # one request, one file
room(lsp                 facade  base lsp/protocol lsp/session lsp/handlers)

room(cli/commands        verb    base stdlib lsp lsp/session grammar/syntax grammar/parse grammar/format compiler compiler/types compiler/typed runtime runtime/evidence runtime/verdicts runtime/unpack runtime/ingest runtime/fitting runtime/suite runtime/compare runtime/report effective/flatten effective/describe effective/source docs starter compiler/ir runtime/groups runtime/jit_plugin)   # a command joins the facades to what a person asked for
room(cli                 door    base cli/commands runtime/jit_plugin)
