// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/record_plan.h"

#include <algorithm>
#include <utility>

#include "compiler/typed/default_keys.h"

namespace muster::ingest {
namespace {

bool begins_with(const FieldPath& path, const FieldPath& prefix) {
  return path.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), path.begin());
}

}  // namespace

// Walks the record's type along the fields in use. `places` are where such a record may stand in the source's.
class RecordPlans::Maker {
 public:
  Maker(RecordPlans& plans, const typed::Program& program, const RecordBinding& binding, WantedKeys& wanted)
      : plans_(plans), types_(program.types), binding_(binding), wanted_(wanted) {}

  // Depth is that of the types.
  PlanId record(types::RecordId id, const typed::Use& use, const std::vector<WantedId>& places) {
    RecordPlan plan{id, {}};
    for (const auto& [index, use_of_field] : use.fields) {
      prefix_.push_back(index);
      plan.fields.push_back(field(id, index, use_of_field, places));
      prefix_.pop_back();
    }
    plans_.plans_.push_back(std::move(plan));
    return static_cast<PlanId>(plans_.plans_.size() - 1);
  }

 private:
  FieldPlan field(types::RecordId id, types::FieldIndex index, const typed::Use& use,
                  const std::vector<WantedId>& places) {
    const types::Field& declared = types_.record_at(id).fields[index];
    FieldPlan plan;
    plan.field = index;
    if (bindable_ && is_joined()) {
      plan.given = true;
      return plan;
    }
    find_bindings(plan);
    plan.names = typed::default_keys(declared.name);
    std::vector<WantedId> inside;
    if (plan.bound != nullptr) {
      inside.push_back(want(wanted_, *plan.bound));
    } else {
      want_names(plan.names, places, inside);
    }
    for (const typed::SourcePath* part : plan.parts) want(wanted_, *part);
    if (const auto inner = innermost_record(types_, declared.type))
      plan.record = beneath(declared.type, *inner, use, inside);
    if (const auto* keyed = key_converter(plan.bound); keyed != nullptr && plan.record) {
      for (FieldPlan& each : plans_.plans_[*plan.record].fields) each.given = each.given || each.field == keyed->field;
    }
    return plan;
  }

  // The left sides of bindings reach into records, never into the elements of lists.
  PlanId beneath(types::TypeId type, types::RecordId inner, const typed::Use& use,
                 const std::vector<WantedId>& places) {
    const bool was_bindable = bindable_;
    bindable_ = bindable_ && types_.is_record(types_.without_optional(type));
    const PlanId id = record(inner, use, places);
    bindable_ = was_bindable;
    return id;
  }

  bool is_joined() const {
    return std::find(binding_.joined.begin(), binding_.joined.end(), prefix_) != binding_.joined.end();
  }

  void find_bindings(FieldPlan& plan) const {
    if (!bindable_ || binding_.fields == nullptr) return;
    for (const typed::BoundField& each : *binding_.fields) {
      if (each.target == prefix_) {
        plan.bound = &each.from;
      } else if (begins_with(each.target, prefix_)) {
        plan.parts.push_back(&each.from);
      }
    }
  }

  // All names of a field lead to one node where they can, so that nesting does not multiply them.
  void want_names(const std::vector<std::string>& names, const std::vector<WantedId>& places,
                  std::vector<WantedId>& inside) {
    for (WantedId place : places) {
      for (WantedId node : wanted_.add_names(place, names)) inside.push_back(node);
    }
    std::sort(inside.begin(), inside.end());
    inside.erase(std::unique(inside.begin(), inside.end()), inside.end());
  }

  RecordPlans& plans_;
  const types::Table& types_;
  const RecordBinding& binding_;
  WantedKeys& wanted_;
  FieldPath prefix_;
  bool bindable_ = true;
};

PlanId RecordPlans::add(const typed::Program& program, types::RecordId record, const typed::Use& use,
                        const RecordBinding& binding, WantedKeys& wanted) {
  return Maker(*this, program, binding, wanted).record(record, use, {WantedKeys::kRecord});
}

std::optional<types::RecordId> innermost_record(const types::Table& types, types::TypeId type) {
  type = types.innermost(type);
  if (!types.is_record(type)) return std::nullopt;
  return types.get(type).id;
}

WantedId want(WantedKeys& wanted, const typed::SourcePath& path) {
  if (!path.keys.empty()) wanted.expect(path.keys.front());
  const WantedId node = wanted.add(WantedKeys::kRecord, path.keys);
  return key_converter(&path) != nullptr ? wanted.add_any(node) : node;
}

const typed::Converter* key_converter(const typed::SourcePath* path) {
  if (path == nullptr) return nullptr;
  for (const typed::Converter& each : path->converters) {
    if (each.kind == typed::Converter::Kind::keyed_by) return &each;
  }
  return nullptr;
}

}  // namespace muster::ingest
