// SPDX-License-Identifier: Apache-2.0
// What everything is called in the one module, so that no name takes another one's place. Fields, shared evidence,
// scores, gates and the like keep their names, because results show them; the others get a number behind theirs
// where that is taken. Private to this room.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/typed/program.h"
#include "effective/flatten/needs.h"

namespace muster::flatten {

class Names {
 public:
  Names(const typed::Program& program, const typed::Policy& policy, const Needs& needs);

  const std::string& of_enum(types::EnumId id) const { return enums_.at(id); }
  const std::string& of_record(types::RecordId id) const { return records_.at(id); }
  const std::string& of_param(std::uint32_t index) const { return params_.at(index); }
  const std::string& of_define(std::uint32_t index) const { return defines_.at(index); }
  const std::string& of_shared(std::uint32_t index) const { return shared_.at(index); }
  const std::string& of_source(std::uint32_t index) const { return sources_.at(index); }
  const std::string& of_let(std::uint32_t index) const { return lets_.at(index); }
  const std::string& of_variable(std::uint32_t index) const { return variables_.at(index); }
  std::string of_type(types::TypeId type) const;

  // What stands for a field of the subject, shared evidence, `today` and `now` in a place: another name, or a call,
  // where something else has the name there.
  std::string field_at(types::FieldIndex field, Place place) const;
  std::string shared_at(std::uint32_t index, Place place) const;
  std::string today_at(Place place) const;
  std::string now_at(Place place) const;

  // Whether a bare name is a value there, lets of criteria and variables apart.
  bool is_value_at(const std::string& name, Place place) const;

  // Defines and lets of the policy that stand for what can't be named where it is needed.
  struct StandIn {
    std::string name;
    std::string type;  // of a define
    std::string value;
  };
  const std::vector<StandIn>& stand_in_defines() const { return stand_in_defines_; }
  const std::vector<StandIn>& stand_in_lets() const { return stand_in_lets_; }

 private:
  using Taken = std::set<std::string>;

  void name_types(const Needs& needs);
  void name_values(const Needs& needs);
  void name_policy_lets(const std::vector<Root>& roots);
  void name_own_lets();
  void name_variables(const Needs& needs, const std::vector<Root>& roots);
  void name_variables_in(typed::ExprId root, const Taken& taken);
  Taken taken_at(Place place) const;
  std::string free_policy_name(const std::string& like) const;
  std::string add_let(const std::string& like, std::string value);
  std::string add_define(const std::string& like, std::string type, std::string value);

  const typed::Program& program_;
  const typed::Policy& policy_;
  Taken fields_, parts_;  // of the subject; scores and gates
  Taken module_values_;   // shared evidence, params, defines
  Taken policy_lets_;
  Taken types_;
  std::map<types::EnumId, std::string> enums_;
  std::map<types::RecordId, std::string> records_;
  std::map<std::uint32_t, std::string> params_, defines_, shared_, sources_, lets_, variables_;
  std::map<types::FieldIndex, std::string> fields_in_verdicts_;
  std::map<std::uint32_t, std::string> hidden_shared_;
  std::string hidden_today_, hidden_now_;
  std::vector<StandIn> stand_in_defines_, stand_in_lets_;
};

}  // namespace muster::flatten
