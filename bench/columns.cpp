// SPDX-License-Identifier: Apache-2.0
// What Muster's engine over columns takes by itself: subjects are read once, and then judged again and again. It talks
// like the peers, and says as `busy` how long the processor was at it.
//
//    bench_columns judge AS_OF MODULE DATA [PLUGIN]    with the JIT of this plug-in, which has compiled everything
//    bench_columns compile AS_OF MODULE                from the module's text to code that waits for subjects
#include <chrono>
#include <ctime>
#include <deque>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "compiler/column_code.h"
#include "compiler/compile.h"
#include "compiler/typed/usage.h"
#include "runtime/findings/findings.h"
#include "runtime/ingest/chunk_parser.h"
#include "runtime/ingest/portfolio_chunks.h"
#include "runtime/interpret/interpreter.h"
#include "runtime/jit_plugin/plugin.h"

namespace {

using namespace muster;

// A line of standard input is answered by so many runs that they take at least this together.
constexpr std::chrono::milliseconds kLeast{100};

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path + " can't be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

compiler::Compilation compiled(const std::string& path, const std::string& text) {
  const compiler::Loader loader{
      [&](const std::string& wanted) { return wanted == path ? std::optional(text) : std::nullopt; }};
  compiler::Request request{path, path.substr(0, path.rfind('/'))};
  compiler::Compilation compilation = compiler::compile(request, loader);
  if (!compilation.found || compilation.program.policies.empty()) throw std::runtime_error(path + " has no policy");
  return compilation;
}

evidence::Run run_of(const typed::Program& program, const std::string& as_of) {
  const auto today = base::parse_date(as_of);
  if (!today) throw std::runtime_error(as_of + " is no day");
  evidence::Run run;
  run.today = *today;
  run.now = base::end_of(*today);
  run.as_of = as_of;
  run.params = evidence::params_of(program, program.policies.front());
  return run;
}

// The first policy of a module, which reads no evidence but its subjects and has no waivers.
class Runnable {
 public:
  Runnable(const std::string& path, const std::string& text, const std::string& as_of)
      : compilation(compiled(path, text)),
        run(run_of(program, as_of)),
        code(*compiler::column_code(program, policy(), {})),
        shared(code.layout) {}

  const typed::Policy& policy() const { return program.policies.front(); }
  std::unique_ptr<columns::Executor> executor(std::shared_ptr<const groups::Compiled> machine_code = nullptr) const {
    return std::make_unique<interpret::Interpreter>(code, program, policy(), run, shared, kernels::best_level(),
                                                    std::move(machine_code));
  }

  compiler::Compilation compilation;
  const typed::Program& program = compilation.program;
  evidence::Run run;
  ir::Code code;
  columns::Batch shared;
};

// So that batches are full: in a run they are of what is near the processor, as it was just read.
constexpr std::size_t kChunkBytes = std::size_t{64} << 20;

// All batches of a file, and the chunks that they point into.
class Subjects {
 public:
  Subjects(const Runnable& of, const std::string& path) {
    ingest::Inputs inputs;
    inputs.subjects.push_back(
        {path, typed::SourceKind::ndjson, std::make_unique<std::ifstream>(path, std::ios::binary)});
    portfolio_ = opened(ingest::Portfolio::open(of.program, of.policy().subject,
                                                typed::usage_of(of.program, of.policy()), std::move(inputs), {}));
    ingest::PortfolioChunks reader = opened(ingest::PortfolioChunks::open(*portfolio_, kChunkBytes));
    const ingest::ColumnWriter writer(of.program.types, of.code.layout);
    std::unique_ptr<ingest::ChunkParser> parser;
    while (reader.next(chunks_.emplace_back())) {
      const ingest::Chunk& chunk = chunks_.back();
      if (!parser) {
        parser = std::make_unique<ingest::ChunkParser>(*portfolio_, chunk.file, reader.header(chunk.file), writer,
                                                       of.code.layout, ingest::ParserOptions{});
      }
      parser->start(chunk);
      while (parser->next(batches_.emplace_back(of.code.layout))) {
      }
      batches_.pop_back();
    }
  }

  const std::deque<ingest::ParsedBatch>& batches() const { return batches_; }

 private:
  template <typename T>
  static T opened(tl::expected<T, ingest::FileError> found) {
    if (!found) throw std::runtime_error(found.error().message);
    return std::move(*found);
  }

  std::unique_ptr<ingest::Portfolio> portfolio_;
  std::deque<ingest::Chunk> chunks_;
  std::deque<ingest::ParsedBatch> batches_;
};

std::string json(const typed::Policy& policy, const verdicts::Tally& tally) {
  const auto& [pass, fail, undecided] = tally.gates.front();
  std::string text = R"("gate":{"pass":)" + std::to_string(pass) + R"(,"fail":)" + std::to_string(fail) +
                     R"(,"undecided":)" + std::to_string(undecided) + R"(},"criteria":{)";
  for (std::size_t i = 0; i < policy.criteria.size(); ++i) {
    const auto count = [&](typed::Status status) {
      return std::to_string(tally.criteria[i][static_cast<std::size_t>(status)]);
    };
    text += (i > 0 ? ",\"" : "\"") + policy.criteria[i].name + "\":[" + count(typed::Status::met) + ',' +
            count(typed::Status::unmet) + ',' + count(typed::Status::unknown) + ']';
  }
  return text + '}';
}

// Of the processor, for this process.
double busy_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// `work` gives what was counted; empty: nothing is.
void serve(const std::string& settings, const std::function<std::string()>& work) {
  std::cout << R"({"settings":")" << settings << "\"}" << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    std::string counts;
    int runs = 0;
    const auto begin = std::chrono::steady_clock::now();
    const double busy_before = busy_seconds();
    std::chrono::duration<double> took{};
    for (; took < kLeast; took = std::chrono::steady_clock::now() - begin, ++runs) counts = work();
    const double busy = busy_seconds() - busy_before;
    std::cout << R"({"seconds":)" << took.count() / runs << R"(,"busy":)" << busy / runs << (counts.empty() ? "" : ",")
              << counts << '}' << std::endl;
  }
}

int judge(const std::vector<std::string>& words) {
  const Runnable policy(words[2], text_of(words[2]), words[1]);
  const Subjects subjects(policy, words[3]);
  std::shared_ptr<const groups::Compiled> machine_code;
  if (words.size() > 4) {
    const auto plugin = jit_plugin::Plugin::open(words[4]);
    if (!plugin) throw std::runtime_error(plugin.error());
    auto made = plugin->compile(policy.code);
    if (!made) throw std::runtime_error(made.error());
    machine_code = std::move(*made);
  }
  const auto executor = policy.executor(machine_code);
  const waivers::Book waivers(policy.program, 0, policy.run.today);
  const findings::Findings findings(policy.program, policy.policy(), policy.code, *executor, waivers);
  serve(machine_code ? "columns in memory, JIT, one thread" : "columns in memory, interpreter, one thread", [&] {
    verdicts::Tally tally(policy.policy());
    for (const ingest::ParsedBatch& each : subjects.batches()) {
      const columns::Window all{0, static_cast<std::uint32_t>(each.batch.subjects())};
      if (executor->run(each.batch, all) != columns::Executor::Done::all)
        throw std::runtime_error("lists are too long");
      findings.count(all, tally);
    }
    return json(policy.policy(), tally);
  });
  return 0;
}

int compile(const std::vector<std::string>& words) {
  const std::string text = text_of(words[2]);
  serve("one thread", [&] {
    const Runnable policy(words[2], text, words[1]);
    policy.executor();
    return std::string();
  });
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  try {
    if ((words.size() == 4 || words.size() == 5) && words[0] == "judge") return judge(words);
    if (words.size() == 3 && words[0] == "compile") return compile(words);
  } catch (const std::exception& wrong) {
    std::cerr << "bench_columns: " << wrong.what() << '\n';
    return 1;
  }
  std::cerr << "bench_columns judge AS_OF MODULE DATA [PLUGIN] | bench_columns compile AS_OF MODULE\n";
  return 2;
}
