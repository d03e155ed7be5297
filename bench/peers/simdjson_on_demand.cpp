// SPDX-License-Identifier: Apache-2.0
// simdjson On-Demand as somebody would write it who knows it: fields are asked for in the order in which they stand, so
// that a record is gone through once, and what nobody asks for is skipped unread.
#include "serve.h"
#include "tally.h"

namespace {

// A null, or anything of another type, is unknown.
class Reader {
 public:
  explicit Reader(simdjson::ondemand::object record) : record_(record) {}

  template <std::size_t kCount>
  Rank word(std::string_view name, const std::string_view (&words)[kCount]) {
    std::string_view text;
    return record_.find_field_unordered(name).get(text) == simdjson::SUCCESS ? rank_of(text, words) : kUnknown<Rank>;
  }
  Day day(std::string_view name) {
    std::string_view text;
    return record_.find_field_unordered(name).get(text) == simdjson::SUCCESS ? day_number(text) : kUnknown<Day>;
  }
  std::int64_t whole(std::string_view name) { return value<std::int64_t>(name); }
  double decimal(std::string_view name) { return value<double>(name); }

 private:
  template <class Value>
  Value value(std::string_view name) {
    Value value;
    return record_.find_field_unordered(name).get(value) == simdjson::SUCCESS ? value : kUnknown<Value>;
  }

  simdjson::ondemand::object record_;
};

}  // namespace

int main(int count, char** words) {
  return serve(count, words, [](const simdjson::padded_string& data) {
    simdjson::ondemand::parser parser;
#ifdef SIMDJSON_THREADS_ENABLED
    parser.threaded = false;
#endif
    simdjson::ondemand::document_stream documents = parser.iterate_many(data, 1 << 20);
    Tally tally;
    for (auto document : documents) {
      simdjson::ondemand::object record;
      if (document.get_object().get(record) != simdjson::SUCCESS) continue;
      Reader reader(record);
      Service service;
      read(reader, service);
      tally.add(service);
    }
    return tally.json();
  });
}
