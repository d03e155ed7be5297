// SPDX-License-Identifier: Apache-2.0
// Writes made-up subjects to standard output, the same bytes on every machine: record N depends on the seed and on N,
// and only integers are computed.
//
//   bench_generate SHAPES NAME (--records N | --megabytes N) [--seed N] [--csv]
//
// SHAPES is bench/shapes.txt, NAME a shape in it. As CSV the lists are left out. Of a dirty shape three data in ten are
// missing, null or malformed, others are spelled in another way, keys are shuffled, and some letters are escaped.
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <numeric>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "bench/shape.h"

namespace muster::bench {
namespace {

// SplitMix64.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t word = (state_ += 0x9E3779B97F4A7C15);
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
    return word ^ (word >> 31);
  }

  // From 0 up to `limit`, without it.
  std::uint64_t below(std::uint64_t limit) {
    return static_cast<std::uint64_t>(static_cast<unsigned __int128>(next()) * limit >> 64);
  }

  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
  }

  bool holds(std::uint64_t share, std::uint64_t of) { return below(of) < share; }

 private:
  std::uint64_t state_;
};

// Some are no ASCII, some have to be escaped in JSON, one in CSV too.
constexpr std::string_view kVocabulary[] = {
    "a",       "after", "and",      "backup",  "blue",    "café",     "checks",  "client", "cluster",    "data",
    "deploys", "each",  "failover", "from",    "green",   "in",       "jobs",    "keeps",  "later",      "ledger",
    "moves",   "night", "of",       "on-call", "orders",  "payments", "quickly", "reads",  "\"replay\"", "restore",
    "runs",    "slow",  "the",      "to",      "traffic", "waits",    "west\\2", "with",   "writes,",    "Zürich",
};

class Writer {
 public:
  Writer(const Shape& shape, std::uint64_t seed) : shape_(shape), seed_(seed) {}

  const std::string& text() const { return text_; }
  void clear() { text_.clear(); }

  void write_json(std::uint64_t number) {
    begin(number);
    write_object(shape_.fields);
    text_ += '\n';
  }

  void write_header() {
    for (const Field& field : shape_.fields)
      if (field.kind != Kind::kList) (text_ += field.name) += ',';
    text_.back() = '\n';
  }

  void write_row(std::uint64_t number) {
    begin(number);
    for (const Field& field : shape_.fields) {
      // What JSON has in its lists is drawn and dropped, so that the record is the same one.
      const std::size_t start = text_.size();
      if (!random_.holds(field.nulls, 1000)) write_value(field);
      if (field.kind == Kind::kList) {
        text_.resize(start);
      } else {
        turn_into_cell(start);
      }
    }
    text_.back() = '\n';
  }

 private:
  void begin(std::uint64_t number) {
    number_ = number;
    random_ = Random(seed_ + number * 0xD1B54A32D192ED03);
  }

  void write_object(const std::vector<Field>& fields) {
    std::vector<std::uint32_t> order;
    if (shape_.dirty) {
      order.resize(fields.size());
      std::iota(order.begin(), order.end(), 0);
      for (std::size_t left = order.size(); left > 1; --left) std::swap(order[left - 1], order[random_.below(left)]);
    }
    text_ += '{';
    const std::size_t start = text_.size();
    for (std::size_t index = 0; index < fields.size(); ++index) {
      const Field& field = fields[shape_.dirty ? order[index] : index];
      if (shape_.dirty && field.kind != Kind::kKey && random_.holds(1, 10)) continue;
      if (text_.size() > start) text_ += ',';
      write_text(field.name);
      text_ += ':';
      if (random_.holds(field.nulls, 1000)) {
        text_ += "null";
      } else if (shape_.dirty && field.kind != Kind::kKey) {
        write_dirty(field);
      } else {
        write_value(field);
      }
    }
    text_ += '}';
  }

  void write_dirty(const Field& field) {
    const std::uint64_t chance = random_.below(9);
    if (chance == 0) {
      text_ += "null";
    } else if (chance == 1) {
      write_malformed(field);
    } else if (chance == 2) {
      write_otherwise(field);
    } else {
      write_value(field);
    }
  }

  void write_value(const Field& field) {
    switch (field.kind) {
      case Kind::kKey: write_text(field.words[0] + std::to_string(number_)); break;
      case Kind::kEnum:
      case Kind::kDate:
      case Kind::kChoice: write_text(field.words[random_.below(field.words.size())]); break;
      case Kind::kInt:
      case Kind::kNumber: write_number(random_.between(field.low, field.high), field.places); break;
      case Kind::kBool: text_ += random_.holds(field.low, 100) ? "true" : "false"; break;
      case Kind::kText: write_words(random_.between(field.low, field.high)); break;
      case Kind::kList: write_list(field); break;
    }
  }

  void write_list(const Field& field) {
    std::int64_t size = random_.between(field.low, field.high);
    if (field.skewed) size = random_.between(field.low, field.high >> random_.below(8));
    text_ += '[';
    for (std::int64_t index = 0; index < size; ++index) {
      if (index > 0) text_ += ',';
      write_object(field.fields);
    }
    text_ += ']';
  }

  void write_words(std::int64_t letters) {
    std::string words;
    while (std::int64_t(words.size()) < letters) {
      if (!words.empty()) words += ' ';
      words += kVocabulary[random_.below(std::size(kVocabulary))];
    }
    write_text(words);
  }

  void write_number(std::int64_t number, int places) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    const auto count = end - digits;
    if (count <= places) {
      text_.append("0.").append(places - count, '0').append(digits, end);
    } else {
      text_.append(digits, end - places);
      if (places > 0) (text_ += '.').append(end - places, end);
    }
  }

  // In quotes. Of a dirty shape one text in five has a letter of ASCII written as its number.
  void write_text(std::string_view value) {
    text_ += '"';
    const std::size_t escaped = shape_.dirty && random_.holds(1, 5) ? random_.below(value.size()) : value.size();
    for (std::size_t index = 0; index < value.size(); ++index) {
      const char letter = value[index];
      if (index == escaped && static_cast<unsigned char>(letter) < 0x80) {
        constexpr char kDigits[] = "0123456789abcdef";
        ((text_ += "\\u00") += kDigits[letter >> 4]) += kDigits[letter & 15];
      } else {
        if (letter == '"' || letter == '\\') text_ += '\\';
        text_ += letter;
      }
    }
    text_ += '"';
  }

  // What doesn't read as the field's type.
  void write_malformed(const Field& field) {
    static constexpr std::string_view kNoDates[] = {"\"2026-02-30\"", "\"31.12.2026\"", "20261231", "\"soon\""};
    static constexpr std::string_view kNoNumbers[] = {"\"n/a\"", "\"1,000\"", "true", "[]"};
    static constexpr std::string_view kNoTruths[] = {"\"y\"", "1", "\"on\"", "{}"};
    static constexpr std::string_view kNoTexts[] = {"[]", "{}", "[\"\"]", "{\"text\":1}"};
    static constexpr std::string_view kNoLists[] = {"\"none\"", "0", "{}", "false"};
    const std::uint64_t which = random_.below(4);
    switch (field.kind) {
      case Kind::kKey: break;
      case Kind::kEnum: write_text(" " + field.words[which % field.words.size()]); break;
      case Kind::kDate: text_ += kNoDates[which]; break;
      case Kind::kInt:
      case Kind::kNumber: text_ += kNoNumbers[which]; break;
      case Kind::kBool: text_ += kNoTruths[which]; break;
      case Kind::kText:
      case Kind::kChoice: text_ += kNoTexts[which]; break;
      case Kind::kList: text_ += kNoLists[which]; break;
    }
  }

  // What reads as the field's type, but isn't spelled as usual.
  void write_otherwise(const Field& field) {
    switch (field.kind) {
      case Kind::kInt:
      case Kind::kNumber:
        if (random_.holds(1, 2)) {
          text_ += '"';
          write_value(field);
          text_ += '"';
        } else {
          write_value(field);
          text_ += field.places > 0 ? "0" : ".0";
        }
        break;
      case Kind::kDate:
        write_value(field);
        text_.back() = 'T';
        text_ += "23:30:00-05:00\"";
        break;
      case Kind::kBool: text_ += random_.holds(field.low, 100) ? "\"Yes\"" : "\"0\""; break;
      case Kind::kKey:
      case Kind::kEnum:
      case Kind::kText:
      case Kind::kChoice:
      case Kind::kList: write_value(field); break;
    }
  }

  // From JSON's quotes to those of CSV, where there are any.
  void turn_into_cell(std::size_t start) {
    const std::string value = text_.substr(start);
    text_.resize(start);
    if (!value.empty() && value[0] == '"') {
      const bool quoted = value.find_first_of(",\\") != std::string::npos;
      if (quoted) text_ += '"';
      for (std::size_t index = 1; index + 1 < value.size(); ++index) {
        if (value[index] == '\\') ++index;
        if (value[index] == '"') text_ += '"';
        text_ += value[index];
      }
      if (quoted) text_ += '"';
    } else {
      text_ += value;
    }
    text_ += ',';
  }

  const Shape& shape_;
  std::uint64_t seed_;
  std::uint64_t number_ = 0;
  Random random_{0};
  std::string text_;
};

struct Options {
  std::uint64_t records = UINT64_MAX;
  std::uint64_t bytes = UINT64_MAX;
  std::uint64_t seed = 1;
  bool csv = false;
};

Options read_options(int count, char** words) {
  Options options;
  for (int index = 3; index < count; ++index) {
    const auto number = [&] {
      return ++index < count ? std::stoull(words[index]) : throw std::runtime_error("no number");
    };
    const std::string_view word = words[index];
    if (word == "--records") {
      options.records = number();
    } else if (word == "--megabytes") {
      options.bytes = number() * 1'000'000;
    } else if (word == "--seed") {
      options.seed = number();
    } else if (word == "--csv") {
      options.csv = true;
    } else {
      throw std::runtime_error("no option: " + std::string(word));
    }
  }
  if (options.records == UINT64_MAX && options.bytes == UINT64_MAX)
    throw std::runtime_error("how much is to be written?");
  return options;
}

// False where nobody reads any more.
bool write_out(Writer& writer) {
  const bool written = std::fwrite(writer.text().data(), 1, writer.text().size(), stdout) == writer.text().size();
  writer.clear();
  return written;
}

bool generate(const Shape& shape, const Options& options) {
  constexpr std::size_t kChunk = 1 << 16;
  Writer writer(shape, options.seed);
  std::uint64_t written = 0;
  if (options.csv) writer.write_header();
  for (std::uint64_t number = 0; number < options.records && written + writer.text().size() < options.bytes; ++number) {
    options.csv ? writer.write_row(number) : writer.write_json(number);
    if (writer.text().size() < kChunk) continue;
    written += writer.text().size();
    if (!write_out(writer)) return false;
  }
  return write_out(writer) && std::fflush(stdout) == 0;
}

}  // namespace
}  // namespace muster::bench

int main(int count, char** words) {
  try {
    if (count < 3)
      throw std::runtime_error("bench_generate SHAPES NAME (--records N | --megabytes N) [--seed N] [--csv]");
    const auto shape = muster::bench::read_shape(words[1], words[2]);
    const auto options = muster::bench::read_options(count, words);
    if (options.csv && shape.dirty) throw std::runtime_error("a dirty shape is JSON");
    return muster::bench::generate(shape, options) ? EXIT_SUCCESS : EXIT_FAILURE;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_generate: %s\n", error.what());
    return 2;
  }
}
