// SPDX-License-Identifier: Apache-2.0
// Ties PEGTL to the recorder: which rules make nodes (nodes.def) and have words for messages
// (expectations.def). All other rules, PEGTL's own above all, run without any control.
#pragma once

#include <tao/pegtl.hpp>

#include "grammar/parse/recorder.h"
#include "grammar/rules/module.h"

namespace muster::parse {

template <typename Rule>
struct NodeTraits {
  static constexpr bool makes_node = false;
  static constexpr bool is_chain = false;
  static constexpr rules::NodeKind kind = rules::NodeKind::error;
};
template <typename Rule>
struct WordTraits {
  static constexpr bool has_words = false;
  static constexpr std::string_view words{};
};

#define MUSTER_TRAITS(rule, chain, node)                           \
  template <>                                                      \
  struct NodeTraits<rules::rule> {                                 \
    static constexpr bool makes_node = true;                       \
    static constexpr bool is_chain = chain;                        \
    static constexpr rules::NodeKind kind = rules::NodeKind::node; \
  };
#define MUSTER_NODE(rule) MUSTER_TRAITS(rule, false, rule)
#define MUSTER_CHAIN(rule) MUSTER_TRAITS(rule, true, rule)
#define MUSTER_NODE_OF(rule, kind) MUSTER_TRAITS(rule, false, kind)
#define MUSTER_CHAIN_OF(rule, kind) MUSTER_TRAITS(rule, true, kind)
#include "grammar/rules/nodes.def"
#undef MUSTER_NODE
#undef MUSTER_CHAIN
#undef MUSTER_NODE_OF
#undef MUSTER_CHAIN_OF
#undef MUSTER_TRAITS

#define MUSTER_EXPECTATION(rule, text)              \
  template <>                                       \
  struct WordTraits<rules::rule> {                  \
    static constexpr bool has_words = true;         \
    static constexpr std::string_view words = text; \
  };
#include "grammar/rules/expectations.def"
#undef MUSTER_EXPECTATION

template <typename Rule>
struct Control : tao::pegtl::normal<Rule> {
  static constexpr bool enable = NodeTraits<Rule>::makes_node || WordTraits<Rule>::has_words;
  static constexpr Recorder::Traits kTraits{NodeTraits<Rule>::makes_node, NodeTraits<Rule>::is_chain,
                                            WordTraits<Rule>::has_words, NodeTraits<Rule>::kind,
                                            WordTraits<Rule>::words};

  static void start(const KindInput& in, Recorder& recorder) { recorder.start(in, kTraits); }
  static void success(const KindInput& in, Recorder& recorder) { recorder.success(in, kTraits); }
  static void failure(const KindInput&, Recorder& recorder) { recorder.failure(); }
};

}  // namespace muster::parse
