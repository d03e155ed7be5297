// SPDX-License-Identifier: Apache-2.0
// Names that evidence is read by: of a field that nothing says the key of, and of a value of an enum. Where one is
// renamed, what was read by it is to be read as before.
#pragma once

#include <string>
#include <vector>

#include "lsp/handlers/names.h"

namespace muster::lsp {

class EvidenceNames {
 public:
  // What is renamed, and as it will be written.
  EvidenceNames(const Declared& declared, std::string written) : declared_(declared), written_(std::move(written)) {}

  // Adds what the module has to say so that it reads evidence as before. Otherwise, why it couldn't.
  std::string keep(const Analysis& analysis, std::vector<Edit>& edits) const;

 private:
  using Path = std::vector<types::FieldIndex>;

  void keep_spelling(const Analysis& analysis, std::vector<Edit>& edits) const;
  std::string keep_key(const Analysis& analysis, const ast::BindDecl& written, const typed::Binding& binding,
                       const Path& path, bool in_list, std::vector<Edit>& edits) const;

  const Declared& declared_;
  std::string written_;
};

}  // namespace muster::lsp
