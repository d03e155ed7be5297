// SPDX-License-Identifier: Apache-2.0
// simdjson's DOM parse alone: every record becomes a tree, and nobody looks at it.
#include "serve.h"

int main(int count, char** words) {
  return serve(count, words, [](const simdjson::padded_string& data) {
    simdjson::dom::parser parser;
#ifdef SIMDJSON_THREADS_ENABLED
    parser.threaded = false;
#endif
    simdjson::dom::document_stream documents = parser.parse_many(data, 1 << 20);
    std::size_t subjects = 0;
    for (const auto document : documents) subjects += document.error() == simdjson::SUCCESS;
    return R"("subjects":)" + std::to_string(subjects);
  });
}
