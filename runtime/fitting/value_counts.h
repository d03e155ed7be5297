// SPDX-License-Identifier: Apache-2.0
// How often each field in use was known, absent or unknown, over all records of a run.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "compiler/typed/usage.h"
#include "runtime/evidence/datum.h"

namespace muster::fitting {

struct ValueCounts {
  std::uint64_t known = 0, absent = 0, missing = 0;
  std::uint64_t unfit = 0;  // unknown for any other reason
  // The first that was unfit, and what stood there, which is told of no private field.
  evidence::Origin unfit_at;
  std::optional<std::string> unfit_raw;
  // Beneath those that were known.
  std::map<types::FieldIndex, ValueCounts> fields;  // of records
  std::unique_ptr<ValueCounts> element;             // of lists, all their elements together

  std::uint64_t all() const { return known + absent + missing + unfit; }
  bool never_decided() const { return all() > 0 && known + absent == 0; }

  void add(const types::Table& types, types::TypeId type, const typed::Use& use, const evidence::Datum& datum);
  // Of a datum that is known.
  void add_record(const types::Table& types, types::RecordId record, const typed::Use& use,
                  const evidence::Datum& datum);
};

}  // namespace muster::fitting
