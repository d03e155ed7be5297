// SPDX-License-Identifier: Apache-2.0
#include "runtime/reference/paths.h"

#include <vector>

namespace muster::reference {

void Paths::begin(const Subject& subject, types::RecordId type) {
  subject_ = subject;
  type_ = type;
  indexed_ = false;
  if (indexed_shared_ != subject.shared) {
    in_shared_.clear();
    indexed_shared_ = nullptr;
  }
}

std::string Paths::path(const evidence::Datum& datum) {
  if (!indexed_) {
    in_subject_.clear();
    add(*subject_.record, 0, in_subject_);
    indexed_ = true;
  }
  if (in_subject_.contains(&datum)) return print(in_subject_, datum, subject_.record);
  if (subject_.shared != nullptr && indexed_shared_ == nullptr) {
    for (std::uint32_t i = 0; i < subject_.shared->size(); ++i) add((*subject_.shared)[i], i, in_shared_);
    indexed_shared_ = subject_.shared;
  }
  return print(in_shared_, datum, nullptr);
}

void Paths::add(const evidence::Datum& root, std::uint32_t which, Index& index) {
  index[&root] = {nullptr, which};
  std::vector<const evidence::Datum*> left{&root};
  while (!left.empty()) {
    const evidence::Datum* datum = left.back();
    left.pop_back();
    for (std::uint32_t i = 0; i < datum->items.size(); ++i) {
      index[&datum->items[i]] = {datum, i};
      if (!datum->items[i].items.empty()) left.push_back(&datum->items[i]);
    }
  }
}

std::string Paths::print(const Index& index, const evidence::Datum& datum, const evidence::Datum* subject) const {
  std::vector<std::uint32_t> steps;  // from the datum outwards; the last is the root's own
  const evidence::Datum* at = &datum;
  for (;;) {
    const auto found = index.find(at);
    if (found == index.end()) return "";
    steps.push_back(found->second.index);
    if (found->second.parent == nullptr) break;
    at = found->second.parent;
  }
  const types::Table& table = program_.types;
  std::string text;
  types::TypeId type = types::kError;
  const types::Record* record = nullptr;
  if (subject != nullptr) {
    record = &table.record_at(type_);
  } else {
    text = program_.shared[steps.back()].name;
    type = program_.shared[steps.back()].type;
  }
  for (auto step = steps.rbegin() + 1; step != steps.rend(); ++step) {
    if (record == nullptr) type = table.without_optional(type);
    if (record == nullptr && table.is_list(type)) {
      text += "[" + std::to_string(*step) + "]";
      type = table.element(type);
      continue;
    }
    const types::Record& of = record != nullptr ? *record : table.record_of(type);
    if (!text.empty()) text += ".";
    text += of.fields[*step].name;
    type = of.fields[*step].type;
    record = nullptr;
  }
  return text;
}

}  // namespace muster::reference
