// SPDX-License-Identifier: Apache-2.0
// Whether two expressions, each of its own program, say the same: they have the same number. Names of variables,
// blanks and brackets make no difference; a let is what stands in it, a call is told by its define's body. Messages
// are no part of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/compare/correspondence.h"
#include "runtime/compare/sides.h"

namespace muster::compare {

class Identities {
 public:
  // Both must outlive this.
  Identities(const Sides& sides, const Correspondence& correspondence);

  std::uint32_t of(Which which, typed::ExprId id) { return number(which, id, Reading::through_names); }

  // Of conditions that are joined with `and`: sorted, each once.
  std::vector<std::uint32_t> of(Which which, const std::vector<typed::Condition>& conditions);

  // Lets, defines and enums whose text is not the same, where these expressions name them and are otherwise the
  // same; nothing where they differ themselves.
  std::vector<std::string> by_way_of(const PairOf<std::vector<typed::ExprId>>& expressions);

 private:
  // Through what names stand for, or as it is written.
  enum class Reading : std::uint8_t { through_names, as_written };

  std::uint32_t number(Which which, typed::ExprId id, Reading reading);
  std::uint32_t number(Which which, typed::ExprId id, Reading reading, std::vector<std::uint32_t>& variables);
  std::string index_text(Which which, const typed::Expr& expr, Reading reading,
                         const std::vector<std::uint32_t>& variables) const;
  std::string type_text(Which which, types::TypeId type, Reading reading) const;
  std::map<std::string, std::uint32_t> named_parts(Which which, const std::vector<typed::ExprId>& expressions);
  std::uint32_t interned(std::string text);

  const typed::Program& program(Which which) const { return *sides_.of(which).program; }

  const Sides& sides_;
  const Correspondence& correspondence_;
  std::map<std::string, std::uint32_t> numbers_;
  PairOf<std::vector<std::optional<std::uint32_t>>> lets_, defines_;  // what their text comes to
};

}  // namespace muster::compare
