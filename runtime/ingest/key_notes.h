// SPDX-License-Identifier: Apache-2.0
// Which keys the records of files have, those that nothing reads too: for whoever holds bindings against data. A run
// that only judges keeps none. Lists are transparent, as in WantedKeys.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/ingest/spelling.h"

namespace muster::ingest {

class KeyNotes {
 public:
  // Of one file. Objects may have data for keys, any number of them: what is more is not kept.
  static constexpr std::size_t kMostKeys = 100'000;

  // `file` is that of Origin::file.
  void note(std::uint32_t file, const Spellings& record);

  std::uint64_t records(std::uint32_t file) const;  // that were noted
  // Whether some record has this key; true also where not all keys were kept.
  bool may_have(std::uint32_t file, const std::vector<std::string>& path) const;
  // Those beneath this one, of all records, in the order of their bytes.
  std::vector<std::string> keys_beneath(std::uint32_t file, const std::vector<std::string>& path) const;

 private:
  using KeyId = std::uint32_t;
  struct FileKeys {
    std::uint64_t records = 0;
    bool is_full = false;
    std::vector<std::map<std::string, KeyId, std::less<>>> keys{1};  // the first are those of records
  };

  static void note_beneath(FileKeys& file, const Spellings& record, NodeId node, KeyId keys);
  const FileKeys* file_at(std::uint32_t file) const;

  std::vector<FileKeys> files_;
};

}  // namespace muster::ingest
