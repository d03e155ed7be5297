// SPDX-License-Identifier: Apache-2.0
// Names that are read from outside of the project's modules: a field's, where nothing says its key, an enum's value, a
// criterion's in waivers, a policy's in muster.toml. Where one is renamed, what was read by it is to be read as before;
// what can't be kept by the modules is told.
#pragma once

#include <string>
#include <vector>

#include "lsp/handlers/names.h"

namespace muster::lsp {

class EvidenceNames {
 public:
  // What is renamed, and the new name as it is and as it has to be written.
  EvidenceNames(Session& session, Declared declared, std::string name, std::string written)
      : session_(session), declared_(std::move(declared)), name_(std::move(name)), written_(std::move(written)) {}

  // Adds what the module has to say so that it reads evidence as before.
  void keep(const Analysis& analysis, std::vector<Edit>& edits);
  // After all modules: what people have to change elsewhere.
  std::vector<std::string> told();

 private:
  using Path = std::vector<types::FieldIndex>;

  void keep_spelling(const Analysis& analysis, std::vector<Edit>& edits) const;
  void keep_keys(const Analysis& analysis, std::vector<Edit>& edits);
  void keep_key(const Analysis& analysis, const ast::BindDecl& written, const typed::Binding& binding, const Path& path,
                bool in_list, std::vector<Edit>& edits);
  void tell_of_extended(const Analysis& analysis);
  void tell(std::string text);
  void tell_of_key(const typed::Source& source);

  Session& session_;
  Declared declared_;
  std::string name_, written_;
  std::vector<std::string> told_;
  bool is_bound_ = false;  // some binding reads the field
};

}  // namespace muster::lsp
