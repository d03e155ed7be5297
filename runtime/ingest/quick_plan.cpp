// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/quick_plan.h"

#include <algorithm>

namespace muster::ingest {
namespace {

constexpr int kDepth = 64;

bool makes_one_value(const typed::Converter& converter) {
  switch (converter.kind) {
    case typed::Converter::Kind::as_format:
    case typed::Converter::Kind::as_ratio:
    case typed::Converter::Kind::as_points:
    case typed::Converter::Kind::as_days:
    case typed::Converter::Kind::as_hours:
    case typed::Converter::Kind::as_minutes:
    case typed::Converter::Kind::as_seconds:
    case typed::Converter::Kind::map:
    case typed::Converter::Kind::trim:
    case typed::Converter::Kind::lower:
    case typed::Converter::Kind::upper:
    case typed::Converter::Kind::strip_prefix:
    case typed::Converter::Kind::strip_suffix: return true;
    case typed::Converter::Kind::split:
    case typed::Converter::Kind::present:
    case typed::Converter::Kind::keyed_by: break;
  }
  return false;
}

}  // namespace

// A step that gives false has met what a plan can't say.
class QuickPlan::Maker {
 public:
  Maker(const Portfolio& portfolio, const ColumnTree& tree, const ir::Layout& layout)
      : portfolio_(portfolio), types_(portfolio.program().types), tree_(tree), layout_(layout) {}

  bool run() {
    if (!portfolio_.joins().empty() || portfolio_.options().strict) return false;
    return object(portfolio_.plan(), tree_.root(ir::kSubjectsTable), "") != kNoQuick;
  }

  QuickPlan plan;

 private:
  // kNoQuick where it can't be said.
  QuickObjectId object(PlanId id, ColumnNodeId columns, const std::string& prefix) {
    if (++depth_ > kDepth) return kNoQuick;
    const auto made = static_cast<QuickObjectId>(plan.objects_.size());
    plan.objects_.emplace_back();
    const RecordPlan& record = portfolio_.plans()[id];
    const types::Record& declared = types_.record_at(record.record);
    for (const FieldPlan& each : record.fields) {
      const types::Field& of = declared.fields[each.field];
      if (each.given || !each.parts.empty() || (each.bound != nullptr && made != 0)) return kNoQuick;
      const QuickSlotId slot =
          value(of.type, of.range ? &*of.range : nullptr, each.record, child(columns, each.field), prefix + of.name);
      if (slot == kNoQuick || !finish(slot, each, of, made == 0) || !place(made, slot, each)) return kNoQuick;
    }
    --depth_;
    return made;
  }

  bool finish(QuickSlotId id, const FieldPlan& field, const types::Field& declared, bool of_subject) {
    QuickSlot& slot = plan.slots_[id];
    if (declared.built_in && types_.is_optional(declared.type)) slot.missing = QuickSlot::Nothing::absent;
    slot.is_key = of_subject && declared.is_key;
    slot.is_label = of_subject && declared.is_label && !declared.is_private;
    if (slot.is_key || slot.is_label) slot.common = QuickSlot::Common::no;
    slot.by_rules = slot.by_rules || ((slot.is_key || slot.is_label) && slot.reads != types::Kind::text);
    if (field.bound == nullptr || field.bound->converters.empty()) return true;
    if (slot.kind != QuickSlot::Kind::scalar) return false;
    slot.by_rules = true;
    slot.converters = &field.bound->converters;
    slot.common = QuickSlot::Common::no;
    return std::all_of(slot.converters->begin(), slot.converters->end(), makes_one_value);
  }

  QuickSlot::Common common(const QuickSlot& slot) const {
    if (slot.puts.size() != 1 || slot.range != nullptr) return QuickSlot::Common::no;
    switch (slot.puts.front().as) {
      case QuickPut::As::i32: return slot.reads == types::Kind::date ? QuickSlot::Common::date : QuickSlot::Common::no;
      case QuickPut::As::i64:
        return slot.reads == types::Kind::integer ? QuickSlot::Common::integer : QuickSlot::Common::no;
      case QuickPut::As::f64: return QuickSlot::Common::number;
      // What is looked up there has its escapes as they stand.
      case QuickPut::As::u8:
        return plan.codes_[slot.codes].has_backslash() ? QuickSlot::Common::no : QuickSlot::Common::enumeration;
      case QuickPut::As::code:
        return plan.codes_[slot.puts.front().codes].has_backslash() ? QuickSlot::Common::no : QuickSlot::Common::code;
      case QuickPut::As::yes: return QuickSlot::Common::boolean;
      case QuickPut::As::known:
      case QuickPut::As::text:
      case QuickPut::As::any: break;
    }
    return QuickSlot::Common::no;
  }

  // Under its names in the object, or at the end of its path.
  bool place(QuickObjectId object, QuickSlotId slot, const FieldPlan& field) {
    if (field.bound == nullptr) {
      plan.objects_[object].slots.push_back(slot);
      return std::all_of(field.names.begin(), field.names.end(),
                         [&](const std::string& name) { return add_key(object, name, slot); });
    }
    const std::vector<std::string>& keys = field.bound->keys;
    if (keys.empty()) return false;
    for (std::size_t at = 0; at + 1 < keys.size(); ++at) {
      object = step(object, keys[at]);
      if (object == kNoQuick) return false;
    }
    plan.objects_[object].slots.push_back(slot);
    return add_key(object, keys.back(), slot);
  }

  QuickObjectId step(QuickObjectId object, const std::string& key) {
    for (const auto& [known, slot] : plan.objects_[object].keys) {
      if (known != key) continue;
      return plan.slots_[slot].kind == QuickSlot::Kind::step ? plan.slots_[slot].object : kNoQuick;
    }
    const auto inner = static_cast<QuickObjectId>(plan.objects_.size());
    plan.objects_.emplace_back();
    const auto slot = static_cast<QuickSlotId>(plan.slots_.size());
    plan.slots_.emplace_back();
    plan.slots_[slot].kind = QuickSlot::Kind::step;
    plan.slots_[slot].object = inner;
    plan.objects_[object].slots.push_back(slot);
    add_key(object, key, slot);
    return inner;
  }

  bool add_key(QuickObjectId object, const std::string& key, QuickSlotId slot) {
    for (const auto& [known, other] : plan.objects_[object].keys) {
      if (known == key) return false;
    }
    plan.objects_[object].keys.emplace_back(key, slot);
    return true;
  }

  QuickSlotId value(types::TypeId type, const types::Range* range, std::optional<PlanId> record, ColumnNodeId columns,
                    std::string name) {
    const auto id = static_cast<QuickSlotId>(plan.slots_.size());
    plan.slots_.emplace_back();
    QuickSlot slot;
    slot.type = types_.without_optional(type);
    slot.reads = types_.kind(slot.type);
    slot.name = name;
    slot.missing = missing(type);
    slot.null = types_.is_optional(type) ? QuickSlot::Nothing::absent : slot.missing;
    if (columns != kNoColumns) slot.presence = tree_[columns].presence;
    if (types_.is_scalar(slot.type)) {
      slot.range = range;
      // Ranges of the others are compared as scalars.
      slot.by_rules = range != nullptr && slot.reads != types::Kind::integer && slot.reads != types::Kind::number &&
                      slot.reads != types::Kind::percent;
      add_puts(slot, columns);
      slot.common = common(slot);
      if (slot.common != QuickSlot::Common::no) slot.column = slot.puts.front().column;
    } else if (types_.is_record(slot.type) && record) {
      slot.kind = QuickSlot::Kind::record;
      slot.object = object(*record, columns, name + ".");
      if (slot.object == kNoQuick) return kNoQuick;
    } else if (types_.is_list(slot.type)) {
      slot.kind = QuickSlot::Kind::list;
      ColumnNodeId inside = kNoColumns;
      if (columns != kNoColumns && !tree_[columns].lists.empty()) {
        if (tree_[columns].lists.size() > 1) return kNoQuick;
        slot.table = tree_[columns].lists.front();
        inside = tree_.root(slot.table);
      }
      slot.element = value(types_.element(slot.type), range, record, inside, name + "[]");
      if (slot.element == kNoQuick) return kNoQuick;
    } else {
      return kNoQuick;
    }
    plan.slots_[id] = std::move(slot);
    return id;
  }

  void add_puts(QuickSlot& slot, ColumnNodeId columns) {
    if (slot.reads == types::Kind::enumeration) slot.codes = enum_codes(types_.enum_of(slot.type));
    if (columns == kNoColumns) return;
    for (const ir::ColumnId id : tree_[columns].scalars) {
      const ir::Column& column = layout_.columns[id];
      QuickPut put{id, as(column), 0};
      if (put.as == QuickPut::As::code) put.codes = literal_codes(column.literals);
      slot.puts.push_back(put);
    }
  }

  static QuickPut::As as(const ir::Column& column) {
    if (!column.loaded) return QuickPut::As::known;
    if (!column.literals.empty()) return QuickPut::As::code;
    switch (column.phys) {
      case ir::Phys::bits: return QuickPut::As::yes;
      case ir::Phys::u8: return QuickPut::As::u8;
      case ir::Phys::i32: return QuickPut::As::i32;
      case ir::Phys::i64: return QuickPut::As::i64;
      case ir::Phys::f64: return QuickPut::As::f64;
      case ir::Phys::text: return QuickPut::As::text;
      case ir::Phys::version:
      case ir::Phys::index: return QuickPut::As::any;
    }
    return QuickPut::As::any;
  }

  // A declared spelling goes before a name that another member may have for it.
  std::uint32_t enum_codes(const types::Enum& declared) {
    TextCodes codes;
    for (std::uint32_t at = 0; at < declared.names.size(); ++at) {
      for (const std::string& each : declared.names[at].spellings) codes.add(each, at);
    }
    for (std::uint32_t at = 0; at < declared.names.size(); ++at) codes.add(declared.names[at].name, at);
    return keep(std::move(codes));
  }

  std::uint32_t literal_codes(const std::vector<std::string>& literals) {
    TextCodes codes;
    for (std::uint32_t at = 0; at < literals.size(); ++at) codes.add(literals[at], at + 1);
    return keep(std::move(codes));
  }

  std::uint32_t keep(TextCodes codes) {
    plan.codes_.push_back(std::move(codes));
    return static_cast<std::uint32_t>(plan.codes_.size() - 1);
  }

  // As DatumReader::missing.
  QuickSlot::Nothing missing(types::TypeId type) const {
    if (portfolio_.completeness() != typed::Completeness::rows_and_keys) return QuickSlot::Nothing::unknown;
    if (types_.is_optional(type)) return QuickSlot::Nothing::absent;
    return types_.is_list(type) ? QuickSlot::Nothing::empty : QuickSlot::Nothing::unknown;
  }

  ColumnNodeId child(ColumnNodeId columns, types::FieldIndex field) const {
    return columns == kNoColumns ? kNoColumns : tree_.child(columns, field);
  }

  const Portfolio& portfolio_;
  const types::Table& types_;
  const ColumnTree& tree_;
  const ir::Layout& layout_;
  int depth_ = 0;
};

std::optional<QuickPlan> QuickPlan::make(const Portfolio& portfolio, const ColumnWriter& writer,
                                         const ir::Layout& layout) {
  Maker maker(portfolio, writer.tree(), layout);
  if (!maker.run()) return std::nullopt;
  return std::move(maker.plan);
}

}  // namespace muster::ingest
