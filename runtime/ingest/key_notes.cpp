// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/key_notes.h"

#include <optional>

#include "base/unicode_text.h"

namespace muster::ingest {

void KeyNotes::note(std::uint32_t file, const Spellings& record) {
  if (files_.size() <= file) files_.resize(file + 1);
  FileKeys& noted = files_[file];
  ++noted.records;
  note_beneath(noted, record, 0, 0);
}

// As deep as records may be nested.
void KeyNotes::note_beneath(FileKeys& file, const Spellings& record, NodeId node, KeyId keys) {
  const bool is_object = record[node].spelling.shape == Shape::object;
  for (NodeId each = record.first(node); each < record.end(node); each = record.after(each)) {
    KeyId beneath = keys;
    if (is_object) {
      const auto known = file.keys[keys].find(record[each].key);
      if (known != file.keys[keys].end()) {
        beneath = known->second;
      } else if (file.keys.size() > kMostKeys) {
        file.is_full = true;
        continue;
      } else {
        beneath = static_cast<KeyId>(file.keys.size());
        file.keys.emplace_back();
        file.keys[keys].emplace(record[each].key, beneath);
      }
    }
    note_beneath(file, record, each, beneath);
  }
}

const KeyNotes::FileKeys* KeyNotes::file_at(std::uint32_t file) const {
  return file < files_.size() ? &files_[file] : nullptr;
}

std::uint64_t KeyNotes::records(std::uint32_t file) const {
  const FileKeys* const noted = file_at(file);
  return noted == nullptr ? 0 : noted->records;
}

namespace {

template <class Keys>
std::optional<std::uint32_t> follow(const Keys& keys, const std::vector<std::string>& path) {
  std::uint32_t at = 0;
  for (const std::string& key : path) {
    const auto found = keys[at].find(key);
    if (found == keys[at].end()) return std::nullopt;
    at = found->second;
  }
  return at;
}

}  // namespace

bool KeyNotes::may_have(std::uint32_t file, const std::vector<std::string>& path) const {
  const FileKeys* const noted = file_at(file);
  return noted != nullptr && (noted->is_full || follow(noted->keys, path).has_value());
}

std::vector<std::string> KeyNotes::keys_beneath(std::uint32_t file, const std::vector<std::string>& path) const {
  const FileKeys* const noted = file_at(file);
  std::vector<std::string> found;
  if (noted == nullptr) return found;
  const auto at = follow(noted->keys, path);
  if (!at) return found;
  for (const auto& [key, beneath] : noted->keys[*at]) found.push_back(base::with_valid_utf8(key));
  return found;
}

}  // namespace muster::ingest
