// SPDX-License-Identifier: Apache-2.0
// What is known of a place from the text before it, half-written as that may be: whose policy it is of, and of which
// type what was written is. For completion.
#pragma once

#include <optional>
#include <vector>

#include "lsp/handlers/cursor.h"
#include "lsp/handlers/names.h"

namespace muster::lsp {

class Surroundings {
 public:
  // Both must outlive this.
  Surroundings(const Analysis& analysis, const Cursor& cursor)
      : analysis_(analysis), program_(analysis.program()), cursor_(cursor), file_(analysis.module().id) {}

  const std::vector<Declared>& declared();
  // That the place is in, or that the test around it is for.
  const typed::Policy* policy() const;
  // The type of what ends before the n-th token: what the checker made of it, or where the text around it could not be
  // read what its names say.
  types::TypeId type_before(std::size_t n);
  // `a.b.c`, whose last name is the n-th token before the place.
  types::TypeId type_of_names(std::size_t n);
  // The record that is made up in the n-th block around the place: evidence of a test, or a record in it.
  std::optional<types::RecordId> made_record(std::size_t n);

 private:
  types::TypeId typed_before(std::uint32_t end) const;

  const Analysis& analysis_;
  const typed::Program& program_;
  const Cursor& cursor_;
  base::FileId file_;
  std::vector<Declared> declared_;
};

}  // namespace muster::lsp
