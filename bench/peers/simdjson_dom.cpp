// SPDX-License-Identifier: Apache-2.0
// simdjson's DOM, then the criteria in C++ over what is looked up in the tree.
#include "serve.h"
#include "tally.h"

namespace {

// A null, or anything of another type, is unknown.
class Reader {
 public:
  explicit Reader(simdjson::dom::element record) : record_(record) {}

  template <std::size_t kCount>
  Rank word(std::string_view name, const std::string_view (&words)[kCount]) const {
    std::string_view text;
    return record_[name].get(text) == simdjson::SUCCESS ? rank_of(text, words) : kUnknown<Rank>;
  }
  Day day(std::string_view name) const {
    std::string_view text;
    return record_[name].get(text) == simdjson::SUCCESS ? day_number(text) : kUnknown<Day>;
  }
  std::int64_t whole(std::string_view name) const { return value<std::int64_t>(name); }
  double decimal(std::string_view name) const { return value<double>(name); }

 private:
  template <class Value>
  Value value(std::string_view name) const {
    Value value;
    return record_[name].get(value) == simdjson::SUCCESS ? value : kUnknown<Value>;
  }

  simdjson::dom::element record_;
};

}  // namespace

int main(int count, char** words) {
  return serve(count, words, [](const simdjson::padded_string& data) {
    simdjson::dom::parser parser;
#ifdef SIMDJSON_THREADS_ENABLED
    parser.threaded = false;
#endif
    simdjson::dom::document_stream documents = parser.parse_many(data, 1 << 20);
    Tally tally;
    for (auto document : documents) {
      Reader reader(document.value());
      Service service;
      read(reader, service);
      tally.add(service);
    }
    return tally.json();
  });
}
