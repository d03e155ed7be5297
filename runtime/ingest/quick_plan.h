// SPDX-License-Identifier: Apache-2.0
// Where the values of a record go, so that they can be written to columns as they are met: the objects that may stand
// in it, of each object the keys that something reads, of each key a slot. Made from the same plans as data are, and
// only where every key has one meaning; what a plan can't say is read through data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/ingest/column_writer.h"
#include "runtime/ingest/portfolio.h"
#include "runtime/ingest/quick_values.h"

namespace muster::ingest {

using QuickSlotId = std::uint32_t;
using QuickObjectId = std::uint32_t;
constexpr std::uint32_t kNoQuick = ~std::uint32_t{0};

// A column and how a value gets there.
struct QuickPut {
  enum class As : std::uint8_t {
    known,  // its bit alone
    yes,
    code,  // a text's, from a table
    u8,    // an enum's
    i32,
    i64,
    f64,
    text,
    any,  // a version, or what a converter made
  };
  ir::ColumnId column = 0;
  As as = As::known;
  std::uint32_t codes = 0;  // QuickPlan::codes
};

struct QuickSlot {
  enum class Kind : std::uint8_t {
    scalar,
    record,
    list,
    step,  // an object that a binding reaches through
  };
  // What a datum is where there is nothing, or null.
  enum class Nothing : std::uint8_t { unknown, absent, empty };

  // What is commonest and goes to one column: it has a way of its own.
  enum class Common : std::uint8_t { no, date, integer, number, boolean, enumeration, code };

  Common common = Common::no;
  ir::ColumnId column = 0;  // then: where it goes
  Kind kind = Kind::scalar;
  types::TypeId type = types::kError;  // without `?`
  types::Kind reads = types::Kind::error;
  Nothing missing = Nothing::unknown;
  Nothing null = Nothing::unknown;
  bool by_rules = false;  // always read by the rules for all spellings
  bool is_key = false;
  bool is_label = false;
  const types::Range* range = nullptr;
  const std::vector<typed::Converter>* converters = nullptr;
  std::uint32_t codes = kNoQuick;   // of an enum
  QuickObjectId object = kNoQuick;  // record, step
  QuickSlotId element = kNoQuick;   // list
  ir::TableId table = 0;            // list: of its elements; 0 where nothing reads them
  std::vector<QuickPut> puts;       // scalar
  std::vector<ir::ColumnId> presence;
  std::string name;  // as problems have it, without indexes
};

struct QuickObject {
  std::vector<std::pair<std::string, QuickSlotId>> keys;
  std::vector<QuickSlotId> slots;
};

class QuickPlan {
 public:
  // Nothing where the portfolio has to be read through data: joins, `strict`, keys with several meanings, converters
  // that make lists.
  static std::optional<QuickPlan> make(const Portfolio& portfolio, const ColumnWriter& writer,
                                       const ir::Layout& layout);

  const std::vector<QuickSlot>& slots() const { return slots_; }
  const std::vector<QuickObject>& objects() const { return objects_; }  // the first is the record
  const TextCodes& codes(std::uint32_t id) const { return codes_[id]; }

 private:
  class Maker;
  std::vector<QuickSlot> slots_;
  std::vector<QuickObject> objects_;
  std::vector<TextCodes> codes_;
};

}  // namespace muster::ingest
