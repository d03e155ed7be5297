// SPDX-License-Identifier: Apache-2.0
#include "lsp/protocol/uri.h"

namespace muster::lsp {

namespace {

constexpr std::string_view kScheme = "file://";

int digit_of(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

bool stands_for_itself(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         std::string_view("-._~/").find(letter) != std::string_view::npos;
}

}  // namespace

bool is_file(std::string_view path) { return path.starts_with('/'); }

std::string path_of_uri(std::string_view uri) {
  if (!uri.starts_with(kScheme)) return std::string(uri);
  std::string_view rest = uri.substr(kScheme.size());
  if (const auto slash = rest.find('/'); slash != 0 && slash != std::string_view::npos) rest.remove_prefix(slash);
  std::string path;
  for (std::size_t at = 0; at < rest.size(); ++at) {
    const bool escaped =
        rest[at] == '%' && at + 2 < rest.size() && digit_of(rest[at + 1]) >= 0 && digit_of(rest[at + 2]) >= 0;
    path += escaped ? static_cast<char>(digit_of(rest[at + 1]) * 16 + digit_of(rest[at + 2])) : rest[at];
    if (escaped) at += 2;
  }
  return path;
}

std::string uri_of_path(std::string_view path) {
  if (!is_file(path)) return std::string(path);
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string uri(kScheme);
  for (const char letter : path) {
    if (stands_for_itself(letter)) {
      uri += letter;
      continue;
    }
    const auto byte = static_cast<unsigned char>(letter);
    uri += '%';
    uri += kDigits[byte / 16];
    uri += kDigits[byte % 16];
  }
  return uri;
}

}  // namespace muster::lsp
