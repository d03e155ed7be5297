// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/datum_reader.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "runtime/ingest/lookup.h"
#include "runtime/ingest/read_value.h"

namespace muster::ingest {
namespace {

using evidence::Datum;
using evidence::Reason;
using typed::Converter;

constexpr std::size_t kProblems = 10'000;  // of one record

bool asks_for_presence(const typed::SourcePath* path) {
  return path != nullptr && !path->converters.empty() && path->converters.back().kind == Converter::Kind::present;
}

}  // namespace

// One record being read.
class DatumReader::Reading {
 public:
  Reading(DatumReader& reader, const Spellings& record, std::vector<FoundProblem>& problems)
      : reader_(reader),
        types_(reader.program_.types),
        record_(record),
        problems_(problems),
        origin_{reader.file_, record.line},
        private_(reader.privacy_ == Privacy::hidden) {}

  // `base` is where fields are found by their names: the record at this depth, or kNoNode where only parts of it
  // are bound. `root` is what bound paths start from.
  Datum record(PlanId id, NodeId base) {
    const RecordPlan& plan = reader_.plans_[id];
    const types::Record& declared = types_.record_at(plan.record);
    Datum datum;
    datum.state = evidence::State::known;
    datum.origin = origin_;
    datum.items.resize(declared.fields.size());
    for (const FieldPlan& each : plan.fields) {
      if (each.given) continue;
      const types::Field& declared_field = declared.fields[each.field];
      place_.push_back({each.field, Step::Kind::field});
      const bool was_private = std::exchange(private_, private_ || declared_field.is_private);
      datum.items[each.field] = field(each, declared_field, base);
      private_ = was_private;
      place_.pop_back();
    }
    return datum;
  }

  std::vector<Datum> scalars(const typed::SourcePath& path, types::TypeId type) {
    place_ = {{0, Step::Kind::element}};
    const Lookup found = look_up(record_, kRoot, path.keys);
    if (found.state == Lookup::State::missing) return {reader_.missing(type, origin_)};
    if (found.state == Lookup::State::blocked) return {invalid(found.raw)};
    report_doubled(found);
    const Converted converted = converted_at(found.node, path, types_.without_optional(type));
    place_.clear();
    return elements(converted.pieces, [&](const Piece& each) { return value(type, nullptr, std::nullopt, each); })
        .items;
  }

 private:
  static constexpr NodeId kRoot = 0;

  Datum field(const FieldPlan& plan, const types::Field& declared, NodeId base) {
    const Lookup found = plan.bound != nullptr ? look_up(record_, root_, plan.bound->keys) : by_name(plan.names, base);
    if (!plan.parts.empty() && plan.record) return record_of_parts(plan, declared, found);
    switch (found.state) {
      case Lookup::State::missing: return missing_field(plan, declared);
      case Lookup::State::blocked: return invalid(found.raw, plan.record);
      case Lookup::State::found: break;
    }
    report_doubled(found, plan.record);
    if (const Converter* keyed = key_converter(plan.bound)) return keyed_list(plan, declared, found.node, *keyed);
    return converted_field(plan, declared, found.node);
  }

  Lookup by_name(const std::vector<std::string>& names, NodeId base) const {
    if (base == kNoNode) return {};
    for (const std::string& name : names) {
      const Lookup found = look_up(record_, base, name);
      if (found.state != Lookup::State::missing) return found;
    }
    return {};
  }

  Datum missing_field(const FieldPlan& plan, const types::Field& declared) const {
    if (asks_for_presence(plan.bound) && reader_.completeness_ == typed::Completeness::rows_and_keys) {
      return Datum::known(types::Scalar(false), origin_);
    }
    if (declared.built_in && types_.is_optional(declared.type)) return Datum::absent(origin_);
    return reader_.missing(declared.type, origin_);
  }

  // A record of which parts are bound one by one is there as soon as one of them is.
  Datum record_of_parts(const FieldPlan& plan, const types::Field& declared, const Lookup& found) {
    const Shape shape = found.state == Lookup::State::found ? record_[found.node].spelling.shape : Shape::bare;
    if (shape == Shape::object) {
      report_doubled(found, plan.record);
      return record(*plan.record, found.node);
    }
    const bool there = std::any_of(plan.parts.begin(), plan.parts.end(), [this](const typed::SourcePath* part) {
      const Lookup each = look_up(record_, root_, part->keys);
      if (each.state == Lookup::State::missing) return false;
      return each.state == Lookup::State::blocked || record_[each.node].spelling.shape != Shape::null;
    });
    if (there) return record(*plan.record, kNoNode);
    if (shape == Shape::null && types_.is_optional(declared.type)) return Datum::absent(origin_);
    return reader_.missing(declared.type, origin_);
  }

  Datum converted_field(const FieldPlan& plan, const types::Field& declared, NodeId node) {
    const types::Range* range = declared.range ? &*declared.range : nullptr;
    if (plan.bound == nullptr || plan.bound->converters.empty()) {
      return value(declared.type, range, plan.record, piece_at(record_, node));
    }
    types::TypeId scalar = types_.without_optional(declared.type);
    if (types_.is_list(scalar)) scalar = types_.without_optional(types_.element(scalar));
    const Converted converted = converted_at(node, *plan.bound, scalar);
    if (!converted.is_list) return value(declared.type, range, plan.record, converted.pieces.front());
    const types::TypeId list = types_.without_optional(declared.type);
    if (!types_.is_list(list)) return invalid(record_[node].spelling.text);
    return elements(converted.pieces,
                    [&](const Piece& each) { return value(types_.element(list), range, plan.record, each); });
  }

  Converted converted_at(NodeId node, const typed::SourcePath& path, types::TypeId scalar) {
    Converted converted =
        convert(record_, node, path.converters, {types_, reader_.limits_.list_elements}, scalar, reader_.texts_);
    if (converted.too_many) {
      reader_.passed_limit_ = fmt::format("`split` makes more than {} pieces of `{}`", reader_.limits_.list_elements,
                                          fmt::join(path.keys, "."));
      converted.pieces.resize(1);
    }
    return converted;
  }

  // An object of objects as a list: the key of each is the field that the converter names.
  Datum keyed_list(const FieldPlan& plan, const types::Field& declared, NodeId node, const Converter& keyed) {
    const Spelling& spelling = record_[node].spelling;
    if (spelling.shape == Shape::null) return null(declared.type);
    const types::TypeId list = types_.without_optional(declared.type);
    if (spelling.shape != Shape::object || !types_.is_list(list) || !plan.record)
      return invalid(spelling.text, plan.record);
    return elements(last_of_each_key(record_, node), [&](const Lookup& member) {
      report_doubled(member, plan.record);
      const NodeId outer = std::exchange(root_, member.node);
      Datum element = record(*plan.record, member.node);
      root_ = outer;
      read_key(*plan.record, keyed.field, member.node, element);
      return element;
    });
  }

  // The field that takes the key which its record stands under, if it is in use.
  void read_key(PlanId id, types::FieldIndex index, NodeId member, Datum& element) {
    const RecordPlan& plan = reader_.plans_[id];
    const bool in_use = std::any_of(plan.fields.begin(), plan.fields.end(),
                                    [index](const FieldPlan& each) { return each.field == index; });
    if (!in_use) return;
    const types::Field& declared = types_.record_at(plan.record).fields[index];
    Piece key;
    key.spelling = {Shape::text, record_[member].broken_key, false, record_[member].key};
    key.raw = key.spelling.text;
    place_.push_back({index, Step::Kind::field});
    const bool was_private = std::exchange(private_, private_ || declared.is_private);
    element.items[index] = value(declared.type, declared.range ? &*declared.range : nullptr, std::nullopt, key);
    private_ = was_private;
    place_.pop_back();
  }

  Datum value(types::TypeId type, const types::Range* range, std::optional<PlanId> plan, const Piece& piece) {
    if (!piece.fits) return invalid(piece.raw);
    if (!piece.value && piece.spelling.shape == Shape::null) return null(type);
    type = types_.without_optional(type);
    if (piece.value) return checked(range, *piece.value, piece);
    if (types_.is_list(type)) return list(type, range, plan, piece);
    if (types_.is_record(type)) {
      if (piece.spelling.shape != Shape::object || piece.node == kNoNode || !plan) return invalid(piece.raw, plan);
      return record(*plan, piece.node);
    }
    const auto scalar = read_value(types_, type, piece.spelling);
    if (!scalar) return invalid(piece.raw);
    return checked(range, *scalar, piece);
  }

  Datum list(types::TypeId type, const types::Range* range, std::optional<PlanId> plan, const Piece& piece) {
    if (piece.spelling.shape != Shape::list || piece.node == kNoNode) return invalid(piece.raw, plan);
    std::vector<NodeId> nodes;
    for (NodeId each = record_.first(piece.node); each != record_.end(piece.node); each = record_.after(each))
      nodes.push_back(each);
    return elements(nodes, [&](NodeId each) {
      const NodeId outer = std::exchange(root_, each);
      Datum element = value(types_.element(type), range, plan, piece_at(record_, each));
      root_ = outer;
      return element;
    });
  }

  template <typename Each, typename Read>
  Datum elements(const std::vector<Each>& each_of, const Read& read) {
    Datum datum;
    datum.state = evidence::State::known;
    datum.origin = origin_;
    datum.items.reserve(each_of.size());
    for (const Each& each : each_of) {
      if (reader_.passed_limit_) break;
      place_.push_back({static_cast<std::uint32_t>(datum.items.size()), Step::Kind::element});
      datum.items.push_back(read(each));
      place_.pop_back();
    }
    return datum;
  }

  Datum checked(const types::Range* range, const types::Scalar& value, const Piece& piece) {
    if (range != nullptr && range->low.index() == value.index() && !range->holds(value)) return invalid(piece.raw);
    return Datum::known(value, origin_);
  }

  Datum null(types::TypeId type) const {
    if (types_.is_optional(type)) return Datum::absent(origin_);
    // Of a complete source a null list is empty; all else is as if it were not there.
    return reader_.missing(type, origin_);
  }

  // `inside` is of the record that was to be read: what stands there instead may be one that holds private fields.
  Datum invalid(std::string_view raw, std::optional<PlanId> inside = std::nullopt) {
    Datum datum = Datum::unknown(Reason::invalid, origin_);
    if (problems_.size() >= kProblems) {
      reader_.passed_limit_ = "more than 10,000 values in it don't fit";
      return datum;
    }
    if (!private_ && !(inside && holds_private(reader_.plans_[*inside].record))) datum.raw = shown_raw(raw);
    problems_.push_back({place_, Reason::invalid, datum.raw, origin_, false});
    return datum;
  }

  bool holds_private(types::RecordId id) const {
    const std::vector<types::Field>& fields = types_.record_at(id).fields;
    return std::any_of(fields.begin(), fields.end(), [this](const types::Field& each) {
      const auto inner = innermost_record(types_, each.type);
      return each.is_private || (inner && holds_private(*inner));
    });
  }

  void report_doubled(const Lookup& found, std::optional<PlanId> inside = std::nullopt) {
    if (!found.doubled) return;
    FoundProblem problem{place_, Reason::duplicate, std::nullopt, origin_, false};
    if (!private_ && !(inside && holds_private(reader_.plans_[*inside].record)))
      problem.raw = shown_raw(found.passed_over);
    problems_.push_back(std::move(problem));
  }

  DatumReader& reader_;
  const types::Table& types_;
  const Spellings& record_;
  std::vector<FoundProblem>& problems_;
  evidence::Origin origin_;
  NodeId root_ = kRoot;
  Place place_;
  bool private_;
};

DatumReader::DatumReader(const typed::Program& program, const RecordPlans& plans, typed::Completeness completeness,
                         std::uint32_t file, Privacy privacy, const Limits& limits)
    : program_(program), plans_(plans), completeness_(completeness), file_(file), privacy_(privacy), limits_(limits) {}

Datum DatumReader::record(const Spellings& record, PlanId plan, std::vector<FoundProblem>& problems) {
  begin();
  return Reading(*this, record, problems).record(plan, 0);
}

std::vector<Datum> DatumReader::scalars(const Spellings& record, const typed::SourcePath& path, types::TypeId type,
                                        std::vector<FoundProblem>& problems) {
  begin();
  return Reading(*this, record, problems).scalars(path, type);
}

void DatumReader::begin() {
  texts_.clear();
  passed_limit_.reset();
}

Datum DatumReader::missing(types::TypeId type, evidence::Origin origin) const {
  if (completeness_ == typed::Completeness::rows_and_keys) {
    if (program_.types.is_optional(type)) return Datum::absent(origin);
    if (program_.types.is_list(type)) {
      Datum empty;
      empty.state = evidence::State::known;
      empty.origin = origin;
      return empty;
    }
  }
  return Datum::unknown(Reason::missing, origin);
}

}  // namespace muster::ingest
