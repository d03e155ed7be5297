// SPDX-License-Identifier: Apache-2.0
// What a name stands for: where it is declared, and what people want to read of it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lsp/protocol/messages.h"
#include "lsp/session/session.h"

namespace muster::lsp {

enum class Sort : std::uint8_t {
  enumeration,
  enum_name,
  record,
  field,
  shared,
  param,
  define,
  variable,
  let,
  policy,
  section,
  criterion,
  gate,
  score,
  levels,
  show,
  source,
  fixture,
  module
};

struct Declared {
  Sort sort = Sort::variable;
  std::string name;
  std::string signature;  // as one would write it: `param least: int = 3 in 1..10`
  std::string doc;
  types::TypeId type = types::kError;  // of a value
  std::uint32_t index = 0;             // in the program's list of that sort
  base::Span span;                     // of the declaring name
};

// What a program declares, with all that it imports; those of one name's span once, by place.
std::vector<Declared> all_declared(const Analysis& analysis);
std::optional<Declared> declared_at(const Analysis& analysis, base::Span span);

struct Named {
  base::Span at;
  base::Span declared;
};
// The name at this place of the module: a use, or a declaration.
std::optional<Named> named_at(const Analysis& analysis, std::uint32_t offset);
struct Found {
  std::shared_ptr<const Analysis> analysis;
  std::optional<Named> named;
};
Found find_name(Session& session, const std::string& path, Position position);
// All places of the project that mean what `declared` declares, and it itself; by file, in their order.
std::map<std::string, std::vector<base::Span>> all_uses(Session& session, Project& project, base::Span declared);

// Bytes of a text that others take the place of.
struct Edit {
  std::uint32_t begin = 0, end = 0;
  std::string text;
};

std::optional<Hover> hover(Session& session, const std::string& path, Position position);
std::vector<Location> definition(Session& session, const std::string& path, Position position);
std::vector<Location> type_definition(Session& session, const std::string& path, Position position);
enum class WithDeclaration : bool { no, yes };
std::vector<Location> references(Session& session, const std::string& path, Position position, WithDeclaration with);
// Ranges of the file where the same thing is meant.
std::vector<Range> highlights(Session& session, const std::string& path, Position position);

struct Renamed {
  std::vector<FileEdits> files;
  std::string refused;            // why nothing is renamed; empty: it is
  std::vector<std::string> told;  // what has to be changed beside the modules
};
std::optional<Range> prepare_rename(Session& session, const std::string& path, Position position);
Renamed rename(Session& session, const std::string& path, Position position, std::string new_name);

}  // namespace muster::lsp
